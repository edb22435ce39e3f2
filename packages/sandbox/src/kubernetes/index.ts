export { KUBERNETES_SANDBOX_TOKENS } from './access';
export { KubernetesWorld, type KubernetesFaults } from './KubernetesWorld';
export { SANDBOX_NAMESPACE } from './seedKubernetes';
export {
  startKubernetesSandbox,
  type KubernetesSandbox,
  type KubernetesSandboxOptions,
} from './startKubernetesSandbox';
