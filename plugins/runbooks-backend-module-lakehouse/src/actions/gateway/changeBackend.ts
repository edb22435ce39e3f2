import { NotFoundError } from '@backstage/errors';
import type { GatewayConnection } from '@lakehouse-ops/plugin-lakehouse-node';

/**
 * Activates or deactivates a backend.
 *
 * @throws NotFoundError when the gateway does not know it any more
 */
export async function changeBackend(options: {
  gateway: GatewayConnection;
  backend: string;
  active: boolean;
  signal: AbortSignal;
}): Promise<void> {
  const { gateway, backend, active, signal } = options;
  const change = await gateway.setActive(backend, { active, signal });
  if (change === 'not-found') {
    throw new NotFoundError(
      `The gateway '${gateway.id}' does not know backend ${backend} any more: nothing was changed.`,
    );
  }
}
