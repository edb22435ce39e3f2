export * from './ExternalLinks';
export * from './SubjectLink';
export * from './SubjectOwner';
export * from './subjects';
export * from './useLakehouseEntities';
export * from './useQueriesPath';
