export {
  kubernetesConnectionContract,
  type KubernetesContractTools,
} from './kubernetesConnectionContract';
export * from './KubernetesContractTarget';
