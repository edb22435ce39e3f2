export * from './cacheActions';
export * from './cacheFacts';
export * from './CacheNodesTable';
export * from './CacheSection';
export * from './Stampedes';
export * from './useCache';
