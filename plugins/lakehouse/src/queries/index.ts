export * from './QueriesSection';
export * from './useQueries';
