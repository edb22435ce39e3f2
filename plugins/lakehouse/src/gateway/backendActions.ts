import type { GatewayBackend } from '@lakehouse-ops/plugin-lakehouse-common';

/** Drains a backend, or brings it back: what fits its state. */
export function backendRun(connection: string, backend: GatewayBackend) {
  return {
    runbookId: backend.active
      ? 'gateway:deactivate-backend'
      : 'gateway:activate-backend',
    label: backend.active ? 'Drain' : 'Bring back',
    target: {
      system: 'trino-gateway',
      connection,
      kind: 'backend',
      name: backend.name,
    },
    parameters: { connection, backend: backend.name },
  };
}
