export * from './describeError';
export * from './lakehouseApiRef';
export * from './sloApiRef';
export * from './useLakehouse';
export * from './useSloApi';
