import type { RunTarget } from '@lakehouse-ops/plugin-runbooks-common';
import { preflightSystem } from '../shared/preflightSystem';
import type { GatewayActionOptions } from './actionContext';
import {
  type BackendInput,
  backendTarget,
  findBackend,
  gatewayLock,
} from './backendInput';

/** What both actions share that change whether a backend gets new queries. */
export function backendActionFrame({
  connections,
}: Pick<GatewayActionOptions, 'connections'>) {
  return {
    /**
     * The backend that is meant, its gateway, and all others there.
     *
     * @throws NotFoundError that names those there are
     */
    async find(input: BackendInput, signal: AbortSignal) {
      const gateway = connections.get(input.connection);
      const found = await findBackend(gateway, {
        name: input.backend,
        signal,
      });
      return { gateway, ...found };
    },

    hooks: {
      target: backendTarget,
      lockKeys: gatewayLock,
      preflight: ({ target }: { target: RunTarget }) =>
        preflightSystem({
          system: 'Trino Gateway',
          connections,
          target,
          capabilities: ['backends.read', 'backends.change'],
        }),
    },
  };
}
