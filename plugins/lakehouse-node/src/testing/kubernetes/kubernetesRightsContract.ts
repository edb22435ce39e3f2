import { describeConnectionError } from '../../connections/shared';
import type { KubernetesContractTools } from './kubernetesConnectionContract';
import type { KubernetesContractUser } from './KubernetesContractTarget';

export function kubernetesRightsContract({
  target,
  as,
}: KubernetesContractTools) {
  describe('rights', () => {
    const find = async (user: KubernetesContractUser, right: string) => {
      const probed = await as(user).capabilities({ refresh: true });
      expect(probed.version).toMatch(/^v\d+\.\d+/);
      return probed.capabilities.find(
        ({ id }) => id === `${target().namespace}/${right}`,
      );
    };

    it.each([
      'pods.list',
      'events.list',
      'deployments.list',
      'deployments.get',
      'deployments.patch',
      'statefulsets.patch',
      'deployments/scale.patch',
      'horizontalpodautoscalers.list',
    ])('finds out that the operator may %s', async right => {
      expect(await find('operator', right)).toMatchObject({ available: true });
    });

    it('finds out what the viewer may not, and the rule that grants it', async () => {
      expect(await find('viewer', 'pods.list')).toMatchObject({
        available: true,
      });
      expect(await find('viewer', 'deployments.patch')).toEqual({
        id: `${target().namespace}/deployments.patch`,
        available: false,
        reason: expect.stringContaining('may not patch deployments (apps)'),
        remedy: expect.stringContaining(
          '{ apiGroups: ["apps"], resources: ["deployments"], verbs: ["patch"] }',
        ),
      });
      expect(await find('viewer', 'deployments/scale.patch')).toMatchObject({
        available: false,
      });
    });

    it('names the missing rule when a change is refused', async () => {
      const { namespace, deployment } = target();
      const ref = { namespace, kind: 'Deployment' as const, name: deployment };
      const { resourceVersion } = await as('viewer').getWorkload(ref);
      const error = await as('viewer')
        .restart(ref, { resourceVersion, restartedAt: 'x' })
        .catch(e => e);
      expect(error).toMatchObject({
        name: 'ConnectionDeniedError',
        status: 403,
        right: `patch deployments (apps) in namespace ${namespace}`,
      });
      expect(describeConnectionError(error)).toMatchObject({
        code: 'forbidden',
        remedy: expect.stringContaining(`a Role in namespace ${namespace}`),
      });
      expect(await as('viewer').getWorkload(ref)).not.toMatchObject({
        restartedAt: 'x',
      });
    });

    it('is refused in a namespace that is not for it, and in that one only', async () => {
      const { namespace, deniedNamespace } = target();
      await expect(
        as('operator').listPods({ namespace: deniedNamespace }),
      ).rejects.toMatchObject({
        name: 'ConnectionDeniedError',
        status: 403,
        message: expect.stringContaining(deniedNamespace),
      });
      expect(Array.isArray(await as('operator').listPods({ namespace }))).toBe(
        true,
      );
      expect(as('operator').status()).toMatchObject({ available: true });
    });

    it('is not let in with a wrong token', async () => {
      const { namespace, url, tls } = target();
      const wrong = target().open('viewer', {
        auth: {
          type: 'token',
          url,
          token: 'wrong',
          tls,
        },
      });
      try {
        await expect(wrong.listPods({ namespace })).rejects.toMatchObject({
          name: 'ConnectionDeniedError',
          status: 401,
          remedy: expect.stringContaining('renew the token'),
        });
        expect(wrong.status().lastError).toMatchObject({ status: 401 });
      } finally {
        await wrong.close();
      }
    });
  });
}
