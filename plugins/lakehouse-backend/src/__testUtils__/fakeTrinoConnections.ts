import { createServiceFactory } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import {
  trinoConnectionsServiceRef,
  type TrinoCapabilities,
  type TrinoConnection,
  type TrinoConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';

const CAPABILITIES: TrinoCapabilities = {
  probedAt: '2026-11-21T10:00:00.000Z',
  version: '476',
  coordinator: true,
  starting: false,
  catalogs: [{ name: 'iceberg', connector: 'iceberg' }],
  capabilities: [{ id: 'query.kill', available: true }],
};

/** A connection that knows what it is and answers nothing else. */
export function fakeTrinoConnection(
  overrides: Partial<TrinoConnection> & { id: string },
): TrinoConnection {
  const unreachable = async () => {
    throw new Error('This test has no Trino');
  };
  return {
    title: `Trino ${overrides.id}`,
    uiUrl: `https://${overrides.id}.example.com`,
    user: 'monitor',
    source: 'lakehouse-ops',
    query: unreachable,
    cancel: unreachable,
    kill: unreachable,
    listQueries: unreachable,
    getQuery: unreachable,
    metrics: unreachable,
    resourceGroups: unreachable,
    capabilities: async () => CAPABILITIES,
    status: () => ({ capabilities: CAPABILITIES, available: true }),
    ...overrides,
  };
}

/** The service that a backend gets its connections from, with those told. */
export function fakeTrinoConnectionsFactory(
  connections: readonly TrinoConnection[],
) {
  const service: TrinoConnections = {
    list: () => connections,
    get: id => {
      const found = connections.find(connection => connection.id === id);
      if (!found) throw new NotFoundError(`There is no connection '${id}'`);
      return found;
    },
  };
  return createServiceFactory({
    service: trinoConnectionsServiceRef,
    deps: {},
    factory: () => service,
  });
}
