export * from './KubernetesConnectionConfig';
export { readKubernetesConnectionsConfig } from './readKubernetesConnectionsConfig';
