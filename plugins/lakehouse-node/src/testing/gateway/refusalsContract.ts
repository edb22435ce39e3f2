import { ConnectionDeniedError } from '../../connections/shared';
import type { GatewayContractTarget } from './gatewayContract';

export function refusalsContract(getTarget: () => GatewayContractTarget) {
  describe('rights', () => {
    it('tells what may be done, without doing it', async () => {
      const { gateway, stranger } = getTarget();
      const before = await gateway.backends();
      const { capabilities } = await gateway.capabilities({ refresh: true });
      expect(capabilities).toEqual(
        expect.arrayContaining([
          { id: 'backends.read', available: true },
          expect.objectContaining({ id: 'routes.read', available: true }),
          { id: 'backends.change', available: true },
          { id: 'backends.health', available: true },
          { id: 'backends.counts', available: true },
          expect.objectContaining({
            id: 'access.protected',
            available: stranger !== undefined,
          }),
        ]),
      );
      expect((await gateway.backends()).map(one => one.active)).toEqual(
        before.map(one => one.active),
      );
    });

    it('tells that a password is wrong', async () => {
      const { stranger, otherBackend } = getTarget();
      // A gateway without a login lets everyone in: there is no wrong password.
      if (!stranger) return;
      for (const refused of [
        () => stranger.backends(),
        () => stranger.routes({ backends: [] }),
        () => stranger.setActive(otherBackend, { active: false }),
      ]) {
        const error = await refused().catch(e => e);
        expect(error).toBeInstanceOf(ConnectionDeniedError);
        expect(error.remedy).toContain('auth.password');
      }
    });

    it('tells that a role is missing, though it comes with 200', async () => {
      const { gateway, reader, otherBackend } = getTarget();
      if (!reader) return;
      for (const active of [false, true]) {
        await expect(
          reader.setActive(otherBackend, { active }),
        ).rejects.toMatchObject({
          name: 'ConnectionDeniedError',
          status: 403,
          remedy: expect.stringContaining('API'),
        });
      }
      const backends = await gateway.backends();
      expect(backends.find(({ name }) => name === otherBackend)?.active).toBe(
        true,
      );
      const { capabilities } = await reader.capabilities({ refresh: true });
      const byId = new Map(capabilities.map(one => [one.id, one]));
      expect(byId.get('backends.read')?.available).toBe(true);
      expect(byId.get('backends.change')?.available).toBe(false);
      expect(byId.get('routes.read')).toMatchObject({
        available: false,
        reason: expect.stringContaining('only the queries of'),
      });
      const { routes, partial } = await reader.routes();
      expect(partial).toContain('only the queries of');
      expect(routes.every(({ user }) => user === reader.user)).toBe(true);
    });

    it('ends when its caller does', async () => {
      const { gateway } = getTarget();
      const signal = AbortSignal.abort(new Error('enough'));
      for (const ended of [
        () => gateway.backends({ signal }),
        () => gateway.routes({ signal }),
      ]) {
        await expect(ended()).rejects.toMatchObject({
          name: 'ConnectionAbortedError',
        });
      }
    });
  });
}
