export * from './describeError';
export * from './lakehouseApiRef';
export * from './useLakehouse';
