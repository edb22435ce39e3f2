export {
  kubernetesConnectionContract,
  type KubernetesContractTools,
} from './kubernetesConnectionContract';
export * from './KubernetesContractTarget';
export { openKubernetesCluster } from './openKubernetesCluster';
