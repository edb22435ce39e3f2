export * from './LakehouseApi';
export * from './LakehouseClient';
export * from './signals';
export * from './SloApi';
export * from './SloClient';
