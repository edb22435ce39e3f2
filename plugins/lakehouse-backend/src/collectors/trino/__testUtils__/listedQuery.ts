import type { TrinoListedQuery } from '@lakehouse-ops/plugin-lakehouse-node';

export function listedQuery(
  overrides: Partial<TrinoListedQuery> & { queryId: string },
): TrinoListedQuery {
  return {
    state: 'RUNNING',
    user: 'alice',
    source: 'superset',
    clientTags: [],
    resourceGroup: ['global', 'adhoc'],
    query: 'SELECT 1',
    createdAt: '2026-11-21T10:00:00.000Z',
    ...overrides,
  };
}
