import type { TrinoConnection } from '../connections/trino';

/**
 * A connection for tests that does only what it is given: `id` is `analytics`, it is
 * available, lists nothing, knows no query and no figure. Statements, kills and probes
 * that a test does not give an answer for reject, so that none is answered by chance.
 *
 * @public
 */
export function createFakeTrinoConnection(
  overrides: Partial<TrinoConnection> = {},
): TrinoConnection {
  const unexpected = (call: string) => () =>
    Promise.reject(
      new Error(
        `The fake Trino connection was asked to ${call}, for which the test gives no answer. Pass one to createFakeTrinoConnection.`,
      ),
    );
  return {
    id: 'analytics',
    title: 'Analytics',
    user: 'lakehouse-ops',
    source: 'lakehouse-ops',
    query: sql => unexpected(`run '${sql}'`)(),
    cancel: async () => {},
    kill: unexpected('kill a query'),
    listQueries: async () => [],
    getQuery: async () => undefined,
    metrics: async () => new Map(),
    resourceGroups: async () => [],
    capabilities: unexpected('probe capabilities'),
    status: () => ({ available: true }),
    ...overrides,
  };
}
