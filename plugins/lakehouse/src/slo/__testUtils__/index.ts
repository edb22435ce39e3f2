export * from './mockSlo';
export * from './mockSloApi';
export * from './mockSlos';
