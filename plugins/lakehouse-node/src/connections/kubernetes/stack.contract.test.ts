import { kubernetesConnectionContract } from '../../testing/kubernetes';
import { openKubernetesCluster } from '../../testing/kubernetes/openKubernetesCluster';

/**
 * KUBECONFIG names the cluster to run on, as for kubectl: its current context must let
 * namespaces, roles and workloads be made. KUBERNETES_CONTRACT_NODES=none is for an API
 * server alone, without controllers and nodes.
 */
const { KUBECONFIG: kubeconfig, KUBERNETES_CONTRACT_NODES: nodes } =
  process.env;

if (kubeconfig) {
  kubernetesConnectionContract({
    name: 'a real cluster',
    expect: { hasControllers: nodes !== 'none', runsPods: nodes !== 'none' },
    open: () => openKubernetesCluster(kubeconfig),
  });
}

describe('the contract on a real cluster', () => {
  it('runs when KUBECONFIG names one', () => {
    expect(kubeconfig).toBe(process.env.KUBECONFIG);
  });
});
