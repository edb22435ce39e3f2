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
            reason: expect.any(String),
            remedy: expect.any(String),
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
