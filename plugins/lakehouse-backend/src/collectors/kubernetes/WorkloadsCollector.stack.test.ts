import { mockServices } from '@backstage/backend-test-utils';
import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';
import type { KubernetesConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import {
  type KubernetesContractTarget,
  openKubernetesCluster,
} from '@lakehouse-ops/plugin-lakehouse-node/testing';
import { collect, ofType } from '../trino/__testUtils__/collect';
import { createKubernetesCollectors } from './createKubernetesCollectors';

/** As in the contract of the connection: the cluster to run on, whose pods must run. */
const { KUBECONFIG: kubeconfig, KUBERNETES_CONTRACT_NODES: nodes } =
  process.env;
const file = nodes === 'none' ? undefined : kubeconfig;

jest.setTimeout(120_000);

if (file) {
  describe('WorkloadsCollector on a real cluster', () => {
    let target: KubernetesContractTarget;
    let connection: KubernetesConnection;
    let latest: { at: string; workloads: Workload[] } | undefined;

    beforeAll(async () => {
      target = await openKubernetesCluster(file);
      const kinds = ['Deployment', 'StatefulSet', 'DaemonSet'] as const;
      connection = target.open('operator', {
        workloads: [
          { of: 'analytics', namespace: target.namespace, kinds },
          { namespace: target.deniedNamespace, kinds },
        ],
      });
    });

    afterAll(async () => {
      await connection.close();
      await target.close();
    });

    it('follows a rollout from its begin to its end, beside a namespace that refuses', async () => {
      const [collector] = createKubernetesCollectors({
        connection,
        store: {
          workloads: { latest: async () => latest, series: async () => [] },
        },
        config: mockServices.rootConfig(),
        logger: mockServices.logger.mock(),
      });
      const kinds: string[] = [];
      const look = async () => {
        const observations = await collect(collector);
        const [{ at, workloads }] = ofType(observations, 'WorkloadsSampled');
        latest = { at, workloads: [...workloads] };
        kinds.push(
          ...ofType(observations, 'TimelineObserved')
            .map(({ event }) => event)
            .filter(({ subject }) => subject?.endsWith(target.statefulSet))
            .map(({ kind }) => kind),
        );
        expect(
          ofType(observations, 'GapOpened').map(({ gap }) => [
            gap.subject,
            gap.code,
          ]),
        ).toEqual([[`namespace:${target.deniedNamespace}`, 'forbidden']]);
        return workloads.find(({ name }) => name === target.statefulSet);
      };
      const lookUntil = async (rollout: Workload['rollout']) => {
        const endMs = performance.now() + 40_000;
        for (;;) {
          const workload = await look();
          if (
            workload?.rollout === rollout &&
            (rollout !== 'complete' || workload.replicas.ready === 3)
          ) {
            return workload;
          }
          if (performance.now() > endMs) {
            throw new Error(`Not ${rollout}: ${JSON.stringify(workload)}`);
          }
          await new Promise(resolve => {
            setTimeout(resolve, 200);
          });
        }
      };
      expect(await lookUntil('complete')).toMatchObject({
        of: 'analytics',
        replicas: { wanted: 3, ready: 3, updated: 3, available: 3 },
        restarts: 0,
        pending: 0,
        pods: [
          expect.objectContaining({ phase: 'Running', ready: true }),
          expect.objectContaining({ ready: true }),
          expect.objectContaining({ ready: true }),
        ],
      });
      const ref = {
        namespace: target.namespace,
        kind: 'StatefulSet' as const,
        name: target.statefulSet,
      };
      kinds.length = 0;
      await connection.restart(ref, {
        resourceVersion: (await connection.getWorkload(ref)).resourceVersion,
        restartedAt: new Date().toISOString(),
      });
      await lookUntil('progressing');
      const after = await lookUntil('complete');
      expect(kinds).toEqual(['rollout-begun', 'rollout-ended']);
      expect(after.events.map(({ reason }) => reason)).toContain('Killing');
    });
  });
}

describe('the test on a real cluster', () => {
  it('runs when KUBECONFIG names one', () => {
    expect(kubeconfig).toBe(process.env.KUBECONFIG);
  });
});
