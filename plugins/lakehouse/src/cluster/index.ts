export * from './clusterFacts';
export * from './ClusterSection';
export * from './ClusterStrip';
export * from './useCluster';
