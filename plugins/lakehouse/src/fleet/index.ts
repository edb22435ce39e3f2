export * from './LakehousePageContent';
export * from './LegacyLakehousePage';
