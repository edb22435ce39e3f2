export * from './builders';
export * from './mockRunbooksApi';
