export * from './createTrinoCollectors';
export * from './TrinoCollectorsConfig';
