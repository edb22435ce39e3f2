import { NotFoundError } from '@backstage/errors';
import type { GatewayBackend } from '@lakehouse-ops/plugin-lakehouse-common';
import type { GatewayConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { GATEWAY_SYSTEM } from './actionContext';

const MAX_NAME_LENGTH = 255;

/** The longest that a run may wait for a backend. */
export const MAX_WAIT_MINUTES = 240;

/** Which backend, as parameters. */
export const backendFields = {
  connection: z
    .string()
    .min(1)
    .max(MAX_NAME_LENGTH)
    .meta({ title: 'Gateway', description: 'Connection id of the gateway' }),
  backend: z.string().min(1).max(MAX_NAME_LENGTH).meta({
    title: 'Backend',
    description: 'Name of the backend in the gateway',
  }),
};

/** The backend that is meant. */
export interface BackendInput {
  readonly connection: string;
  readonly backend: string;
}

/** The backend as the target of a run. */
export function backendTarget({ connection, backend }: BackendInput) {
  return {
    system: GATEWAY_SYSTEM,
    connection,
    kind: 'backend',
    name: backend,
  };
}

/** One run at a time for a whole gateway: whether a backend may go depends on the others. */
export function gatewayLock({ connection }: BackendInput): string[] {
  return [`${GATEWAY_SYSTEM}/${connection}`];
}

/**
 * All backends of a gateway, and the one that is meant.
 *
 * @throws NotFoundError that names those there are
 */
export async function findBackend(
  gateway: GatewayConnection,
  options: { name: string; signal: AbortSignal },
): Promise<{ backend: GatewayBackend; backends: GatewayBackend[] }> {
  const backends = await gateway.backends({ signal: options.signal });
  const backend = backends.find(({ name }) => name === options.name);
  if (backend) return { backend, backends };
  throw new NotFoundError(
    `The gateway '${gateway.id}' has no backend '${options.name}'. It has: ${
      backends.map(({ name }) => name).join(', ') || 'none'
    }.`,
  );
}
