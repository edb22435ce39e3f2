import { eventually } from '../contract/eventually';
import type { KubernetesContractTools } from './kubernetesConnectionContract';

export function kubernetesReadsContract(
  { target, as }: KubernetesContractTools,
  expected: { hasControllers: boolean },
) {
  describe('reads', () => {
    it('lists workloads by labels', async () => {
      const { namespace, selector, deployment, statefulSet } = target();
      const list = (kind: 'Deployment' | 'StatefulSet' | 'DaemonSet') =>
        as('viewer').listWorkloads(kind, { namespace, selector });
      expect((await list('Deployment')).map(({ name }) => name)).toEqual([
        deployment,
      ]);
      expect(await list('StatefulSet')).toEqual([
        expect.objectContaining({
          namespace,
          kind: 'StatefulSet',
          name: statefulSet,
          uid: expect.stringMatching(/.+/),
          resourceVersion: expect.stringMatching(/^\d+$/),
          podSelector: expect.stringContaining('='),
          paused: false,
          replicas: expect.objectContaining({ wanted: 3 }),
          images: [expect.stringMatching(/.+/)],
        }),
      ]);
      expect(await list('DaemonSet')).toEqual([]);
      expect(
        await as('viewer').listWorkloads('Deployment', {
          namespace,
          selector: `${selector},no-such-label=x`,
        }),
      ).toEqual([]);
    });

    it('refuses a selector that can not be read', async () => {
      const { namespace } = target();
      await expect(
        as('viewer').listWorkloads('Deployment', { namespace, selector: '!!' }),
      ).rejects.toMatchObject({ name: 'InputError' });
    });

    it('gets one workload, and says when there is none', async () => {
      const { namespace, deployment } = target();
      expect(
        await as('viewer').getWorkload({
          namespace,
          kind: 'Deployment',
          name: deployment,
        }),
      ).toMatchObject({ name: deployment, replicas: { wanted: 1 } });
      await expect(
        as('viewer').getWorkload({
          namespace,
          kind: 'Deployment',
          name: 'no-such-workload',
        }),
      ).rejects.toMatchObject({
        name: 'NotFoundError',
        message: expect.stringContaining('no-such-workload'),
      });
    });

    it('reads events, autoscalers and disruption budgets', async () => {
      const { namespace } = target();
      const events = await as('viewer').listEvents({ namespace });
      expect(events.truncated).toBe(false);
      for (const event of events.items) {
        expect(event).toMatchObject({
          at: expect.stringMatching(/^\d{4}-.*Z$/),
          reason: expect.any(String),
          object: expect.stringContaining('/'),
        });
      }
      for (const items of [
        await as('viewer').listAutoscalers({ namespace }),
        await as('viewer').listDisruptionBudgets({ namespace }),
      ]) {
        expect(Array.isArray(items)).toBe(true);
      }
    });

    if (expected.hasControllers) {
      it('finds the pods of a workload, page by page as at once', async () => {
        const { namespace, statefulSet } = target();
        const ref = {
          namespace,
          kind: 'StatefulSet' as const,
          name: statefulSet,
        };
        const namesBy = async (
          overrides: Parameters<ReturnType<typeof target>['open']>[1],
        ) => {
          const connection = target().open('viewer', overrides);
          try {
            const workload = await connection.getWorkload(ref);
            const pods = await connection.podsOf(workload);
            return pods.map(({ name }) => name).sort();
          } finally {
            await connection.close();
          }
        };
        const names = await eventually('A pod for the contract', async () => {
          const found = await namesBy({});
          return found.length > 0 && found;
        });
        expect(names[0]).toBe(`${statefulSet}-0`);
        expect(await namesBy({ pageSize: 1 })).toEqual(names);
      });
    }

    it('gives up a list over its bound, and names the field', async () => {
      const { namespace, selector } = target();
      const connection = target().open('viewer', { maxResponseBytes: 200 });
      try {
        await expect(
          connection.listWorkloads('StatefulSet', { namespace, selector }),
        ).rejects.toMatchObject({
          name: 'ConnectionLimitError',
          message: expect.stringContaining('maxResponseBytes'),
        });
      } finally {
        await connection.close();
      }
    });
  });
}
