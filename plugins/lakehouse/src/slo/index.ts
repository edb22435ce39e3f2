export * from './entity/EntitySloCard';
export * from './entity/EntitySloContent';
export * from './fleet/SlosPage';
export * from './fleet/SlosSection';
export * from './useSlos';
