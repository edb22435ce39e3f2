import type { AuthorizePermissionRequest } from '@backstage/plugin-permission-common';
import { DatabaseObservationStore } from '../observations/DatabaseObservationStore';
import { startLakehouseBackend } from './startLakehouseBackend';

/** Nobody listens there. */
const NOWHERE = 'http://127.0.0.1:1';

/** One connection to a system of each kind, none of which is there. */
export const ALL_SYSTEMS = {
  redis: { connections: [{ id: 'cache', url: 'redis://127.0.0.1:1' }] },
  superset: {
    connections: [
      { id: 'bi', url: NOWHERE, auth: { user: 'monitor', password: 'x' } },
      { id: 'bi2', url: NOWHERE, auth: { user: 'monitor', password: 'x' } },
    ],
  },
  kubernetes: {
    connections: [
      {
        id: 'k8s',
        url: NOWHERE,
        auth: { type: 'token', token: 'x' },
        workloads: [{ namespace: 'trino', of: 'analytics' }],
      },
    ],
  },
  prometheus: { connections: [{ id: 'metrics', url: NOWHERE }] },
  trinoGateway: { connections: [{ id: 'gw', url: NOWHERE }] },
};

/** A backend with connections to all systems, and the store behind it. */
export async function startAllSystems(options: {
  allow?: (request: AuthorizePermissionRequest) => boolean;
}) {
  const backend = await startLakehouseBackend({
    ...options,
    config: { data: { lakehouse: ALL_SYSTEMS } },
  });
  const store = await DatabaseObservationStore.create({
    database: { getClient: async () => backend.knex },
  });
  return { ...backend, store };
}
