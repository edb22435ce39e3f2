export * from './queryListState';
export * from './timeRange';
export * from './useUrlState';
export * from './tableListState';
export * from './useUrlList';
