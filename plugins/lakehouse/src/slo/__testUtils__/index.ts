export * from './mockHistory';
export * from './mockManySlos';
export * from './mockProposals';
export * from './mockSlo';
export * from './mockSloApi';
export * from './mockSlos';
export * from './mockSpenders';
