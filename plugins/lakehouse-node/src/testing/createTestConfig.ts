import type { TrinoConnectionConfig } from '../connections/trino';

/** The config of a connection, with bounds that suit tests. */
export function createTestConfig(
  overrides: Partial<TrinoConnectionConfig> = {},
): TrinoConnectionConfig {
  return {
    id: 'analytics',
    title: 'Analytics',
    url: 'http://127.0.0.1:1',
    user: 'lakehouse-ops',
    source: 'lakehouse-ops',
    clientTags: [],
    auth: { type: 'none' },
    tls: {},
    advertisedOrigins: [],
    statementTimeoutMs: 60_000,
    requestTimeoutMs: 30_000,
    maxResponseBytes: 16 * 1024 * 1024,
    queryListMaxBytes: 64 * 1024 * 1024,
    capabilitiesTtlMs: 600_000,
    breaker: { failures: 5, reopenAfterMs: 1000 },
    ...overrides,
  };
}
