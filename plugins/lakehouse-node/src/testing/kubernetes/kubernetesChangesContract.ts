import type { KubernetesContractTools } from './kubernetesConnectionContract';
import { withVersion } from './withVersion';

export function kubernetesChangesContract({
  target,
  as,
}: KubernetesContractTools) {
  describe('changes', () => {
    const deployment = () => ({
      namespace: target().namespace,
      kind: 'Deployment' as const,
      name: target().deployment,
    });
    const get = () => as('operator').getWorkload(deployment());
    const stamp = () => new Date().toISOString();

    const withNewest = <T>(run: (resourceVersion: string) => Promise<T>) =>
      withVersion(as('operator'), deployment(), run);

    it('tries a restart without doing it', async () => {
      const before = await get();
      const restartedAt = stamp();
      const tried = await withNewest(resourceVersion =>
        as('operator').restart(deployment(), {
          resourceVersion,
          restartedAt,
          dryRun: true,
        }),
      );
      expect(tried).toMatchObject({
        restartedAt,
        generation: before.generation + 1,
      });
      expect(await get()).toMatchObject({
        generation: before.generation,
        restartedAt: before.restartedAt,
      });
    });

    it('restarts by the template, which is a new generation', async () => {
      const before = await get();
      const restartedAt = stamp();
      const after = await withNewest(resourceVersion =>
        as('operator').restart(deployment(), { resourceVersion, restartedAt }),
      );
      expect(after).toMatchObject({
        restartedAt,
        generation: before.generation + 1,
      });
      expect(after.resourceVersion).not.toBe(before.resourceVersion);
      expect(await get()).toMatchObject({ restartedAt });
    });

    it('does not restart what has changed since', async () => {
      const { resourceVersion } = await get();
      await withNewest(current =>
        as('operator').restart(deployment(), {
          resourceVersion: current,
          restartedAt: stamp(),
        }),
      );
      await expect(
        as('operator').restart(deployment(), {
          resourceVersion,
          restartedAt: 'stale',
        }),
      ).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('Nothing was done'),
      });
      expect((await get()).restartedAt).not.toBe('stale');
    });

    it('scales, tries to, and refuses a stale version', async () => {
      const stale = (await get()).resourceVersion;
      const set = (replicas: number, dryRun = false) =>
        withNewest(resourceVersion =>
          as('operator').scale(deployment(), {
            resourceVersion,
            replicas,
            dryRun,
          }),
        );
      expect(await set(2, true)).toMatchObject({ replicas: 2 });
      expect(await get()).toMatchObject({ replicas: { wanted: 1 } });
      expect(await set(2)).toMatchObject({ replicas: 2 });
      expect(await get()).toMatchObject({ replicas: { wanted: 2 } });
      await expect(
        as('operator').scale(deployment(), {
          resourceVersion: stale,
          replicas: 5,
        }),
      ).rejects.toMatchObject({ name: 'ConflictError' });
      expect(await set(1)).toMatchObject({ replicas: 1 });
    });

    it('says what the API server does not take', async () => {
      await expect(
        withNewest(resourceVersion =>
          as('operator').scale(deployment(), { resourceVersion, replicas: -1 }),
        ),
      ).rejects.toMatchObject({
        name: 'InputError',
        message: expect.stringContaining('greater than or equal to 0'),
      });
      await expect(
        as('operator').scale(
          { ...deployment(), kind: 'DaemonSet' },
          { resourceVersion: '1', replicas: 1 },
        ),
      ).rejects.toMatchObject({ name: 'InputError' });
      await expect(
        as('operator').restart(
          { ...deployment(), name: 'no-such-workload' },
          { resourceVersion: '1', restartedAt: stamp() },
        ),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    });
  });
}
