export * from './RunbooksApi';
export * from './RunbooksClient';
export * from './signals';
