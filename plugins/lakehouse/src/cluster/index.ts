export * from './clusterFacts';
export * from './ClusterSection';
export * from './clusterSeries';
export * from './ClusterStrip';
export * from './useCluster';
