export * from './cluster';
export * from './gap';
export * from './query';
export * from './table';
