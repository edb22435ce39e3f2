export * from './tableEffects';
export * from './TablePanel';
export * from './TablesSection';
export * from './useTables';
