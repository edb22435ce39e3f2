import { eventually } from '../contract/eventually';
import type { GatewayContractTarget } from './gatewayContract';

export function backendsContract(getTarget: () => GatewayContractTarget) {
  describe('backends', () => {
    const find = async (name: string) =>
      (await getTarget().gateway.backends()).find(one => one.name === name);
    const awaitHealthy = (name: string) =>
      eventually(`A healthy ${name}`, async () => {
        const backend = await find(name);
        return backend?.health === 'healthy' && backend;
      });

    it('tells group, health, counts and which Trino of ours it is', async () => {
      const { gateway, defaultBackend, otherBackend, otherGroup } = getTarget();
      await awaitHealthy(defaultBackend);
      expect(await awaitHealthy(otherBackend)).toEqual({
        name: otherBackend,
        routingGroup: otherGroup,
        proxyTo: expect.stringMatching(/^http/),
        externalUrl: expect.stringMatching(/^http/),
        active: true,
        health: 'healthy',
        running: expect.any(Number),
        queued: expect.any(Number),
        trino: otherBackend,
      });
      expect(await find(defaultBackend)).toMatchObject({
        routingGroup: gateway.defaultRoutingGroup,
        trino: defaultBackend,
      });
    });

    it('takes a backend out and brings it back', async () => {
      const { gateway, otherBackend } = getTarget();
      expect(await gateway.setActive(otherBackend, { active: false })).toBe(
        'changed',
      );
      expect(await find(otherBackend)).toMatchObject({ active: false });
      expect(await gateway.setActive(otherBackend, { active: true })).toBe(
        'changed',
      );
      expect(await awaitHealthy(otherBackend)).toMatchObject({ active: true });
    });

    it('may be told twice', async () => {
      const { gateway, otherBackend } = getTarget();
      for (const active of [false, false, true, true]) {
        expect(await gateway.setActive(otherBackend, { active })).toBe(
          'changed',
        );
      }
      expect(await awaitHealthy(otherBackend)).toMatchObject({ active: true });
    });

    it('tells that a backend is not known', async () => {
      const { gateway } = getTarget();
      for (const active of [true, false]) {
        expect(await gateway.setActive('no such ä', { active })).toBe(
          'not-found',
        );
      }
    });
  });
}
