import { eventually } from '../contract/eventually';
import type { KubernetesContractTools } from './kubernetesConnectionContract';
import { withVersion } from './withVersion';

/** For clusters whose pods run: what a restart and a scale do to them. */
export function kubernetesRolloutContract({
  target,
  as,
}: KubernetesContractTools) {
  describe('rollouts', () => {
    const ref = () => ({
      namespace: target().namespace,
      kind: 'StatefulSet' as const,
      name: target().statefulSet,
    });
    const look = async () => {
      const workload = await as('operator').getWorkload(ref());
      return { workload, pods: await as('operator').podsOf(workload) };
    };
    const settled = (replicas: number) =>
      eventually(`${replicas} ready pods`, async () => {
        const { workload, pods } = await look();
        return (
          workload.observedGeneration === workload.generation &&
          workload.replicas.ready === replicas &&
          workload.replicas.updated === replicas &&
          pods.length === replicas &&
          pods.every(pod => pod.ready) && { workload, pods }
        );
      });

    it('replaces every pod, and all are ready again', async () => {
      const before = await settled(3);
      const restartedAt = new Date().toISOString();
      await withVersion(as('operator'), ref(), resourceVersion =>
        as('operator').restart(ref(), { resourceVersion, restartedAt }),
      );
      const after = await settled(3);
      const old = new Set(before.pods.map(({ uid }) => uid));
      expect(after.pods.filter(({ uid }) => old.has(uid))).toEqual([]);
      expect(after.pods.map(pod => pod.restartedAt)).toEqual([
        restartedAt,
        restartedAt,
        restartedAt,
      ]);
      const { items } = await as('operator').listEvents({
        namespace: target().namespace,
      });
      expect(items.map(event => event.reason)).toEqual(
        expect.arrayContaining(['Killing', 'Scheduled', 'Started']),
      );
    });

    it('adds and removes pods', async () => {
      const scale = (replicas: number) =>
        withVersion(as('operator'), ref(), resourceVersion =>
          as('operator').scale(ref(), { resourceVersion, replicas }),
        );
      await scale(4);
      expect((await settled(4)).pods.map(({ name }) => name)).toContain(
        `${target().statefulSet}-3`,
      );
      await scale(3);
      await settled(3);
    });
  });
}
