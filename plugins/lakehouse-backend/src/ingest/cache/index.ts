export * from './createCacheIngestRouter';
