export * from './LakehouseApi';
export * from './LakehouseClient';
export * from './signals';
