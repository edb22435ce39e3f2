import type { KubernetesConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import {
  type KubernetesContractTarget,
  openKubernetesCluster,
} from '@lakehouse-ops/plugin-lakehouse-node/testing';
import { runContext } from '../../__testUtils__/runContext';
import { createKubernetesActions } from './createKubernetesActions';

/** As in the contract of the connection: the cluster to run on, whose pods must run. */
const { KUBECONFIG: kubeconfig, KUBERNETES_CONTRACT_NODES: nodes } =
  process.env;
const file = nodes === 'none' ? undefined : kubeconfig;

jest.setTimeout(120_000);

if (file) {
  describe('the actions on a real Kubernetes cluster', () => {
    let target: KubernetesContractTarget;
    let connection: KubernetesConnection;

    beforeAll(async () => {
      target = await openKubernetesCluster(file);
      connection = target.open('operator');
    });

    afterAll(async () => {
      await connection.close();
      await target.close();
    });

    const actions = () =>
      createKubernetesActions({
        connections: { list: () => [connection], get: () => connection },
        connectionChanged: () => {},
        pollMs: 200,
      });
    const workload = (kind: 'StatefulSet' | 'Deployment') => ({
      connection: connection.id,
      namespace: target.namespace,
      kind,
      name: kind === 'StatefulSet' ? target.statefulSet : target.deployment,
    });

    it.each(['StatefulSet', 'Deployment'] as const)(
      'restarts a %s, and proves it',
      async kind => {
        const [restart] = actions();
        const input = workload(kind);
        const { fingerprint } = await restart.preview(runContext(input));
        const context = runContext(input, { fingerprint });
        const output = await restart.execute(context);
        await expect(
          restart.verify({ ...context, output }),
        ).resolves.toMatchObject({ outcome: 'verified' });
        await expect(
          restart.reconcile(
            runContext(input, { fingerprint, memory: context.notes }),
          ),
        ).resolves.toEqual({ state: 'done', output });
      },
    );

    it.each([4, 2])('scales to %i, and proves it', async replicas => {
      const [, scale] = actions();
      const input = { ...workload('StatefulSet'), replicas };
      const { fingerprint } = await scale.preview(runContext(input));
      const context = runContext(input, { fingerprint });
      const output = await scale.execute(context);
      await expect(scale.verify({ ...context, output })).resolves.toMatchObject(
        { outcome: 'verified' },
      );
    });
  });
}

describe('the tests on a real Kubernetes cluster', () => {
  it('run when KUBECONFIG names one', () => {
    expect(kubeconfig).toBe(process.env.KUBECONFIG);
  });
});
