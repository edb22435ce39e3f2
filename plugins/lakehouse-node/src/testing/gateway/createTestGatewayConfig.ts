import type { GatewayConnectionConfig } from '../../connections/gateway';

/** The config of a connection, with bounds that suit tests. */
export function createTestGatewayConfig(
  overrides: Partial<GatewayConnectionConfig> = {},
): GatewayConnectionConfig {
  return {
    id: 'gateway',
    title: 'Gateway',
    url: 'http://127.0.0.1:1',
    auth: { type: 'none' },
    tls: {},
    defaultRoutingGroup: 'adhoc',
    monitor: 'METRICS',
    trinoByBackend: {},
    trinoByUrl: {},
    requestTimeoutMs: 10_000,
    maxResponseBytes: 4 * 1024 * 1024,
    capabilitiesTtlMs: 600_000,
    breaker: { failures: 5, reopenAfterMs: 1000 },
    ...overrides,
  };
}
