export * from './config';
export * from './DefaultKubernetesConnection';
export * from './KubernetesConnection';
export * from './kubernetesConnectionsServiceRef';
export * from './KubernetesObjects';
export {
  isWorkloadKind,
  RESOURCE_OF_KIND,
  WORKLOAD_KINDS,
} from './workloadKinds';
export * from './rolloutOf';
