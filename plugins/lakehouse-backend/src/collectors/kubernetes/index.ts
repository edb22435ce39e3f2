export * from './createKubernetesCollectors';
