export * from './EntityLakehouseCard';
export * from './EntityLakehouseContent';
