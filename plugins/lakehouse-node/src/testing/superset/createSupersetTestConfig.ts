import type { SupersetConnectionConfig } from '../../connections/superset';

/** The config of a connection, with bounds that suit tests. */
export function createSupersetTestConfig(
  overrides: Partial<SupersetConnectionConfig> = {},
): SupersetConnectionConfig {
  return {
    id: 'bi',
    title: 'Superset',
    url: 'http://127.0.0.1:1',
    auth: {
      type: 'password',
      user: 'admin',
      password: 'admin',
      provider: 'db',
    },
    tls: {},
    databases: [{ name: 'Lakehouse', trino: 'analytics', catalog: 'iceberg' }],
    requestTimeoutMs: 30_000,
    chartTimeoutMs: 60_000,
    maxResponseBytes: 16 * 1024 * 1024,
    maxObjects: 5000,
    capabilitiesTtlMs: 600_000,
    breaker: { failures: 5, reopenAfterMs: 1000 },
    ...overrides,
  };
}
