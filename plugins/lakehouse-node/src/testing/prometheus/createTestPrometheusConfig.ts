import type { PrometheusConnectionConfig } from '../../connections/prometheus';

/** The config of a connection, with bounds that suit tests. */
export function createTestPrometheusConfig(
  overrides: Partial<PrometheusConnectionConfig> = {},
): PrometheusConnectionConfig {
  return {
    id: 'metrics',
    title: 'Metrics',
    url: 'http://127.0.0.1:1',
    auth: { type: 'none' },
    tls: {},
    requestTimeoutMs: 10_000,
    maxResponseBytes: 1024 * 1024,
    maxSeries: 500,
    maxPoints: 1000,
    capabilitiesTtlMs: 600_000,
    breaker: { failures: 5, reopenAfterMs: 1000 },
    ...overrides,
  };
}
