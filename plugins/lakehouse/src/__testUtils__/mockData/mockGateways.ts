import type {
  GatewayBackend,
  GatewayRoute,
  GatewayView,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { at, MINUTE_MS } from './mockTime';

export function mockBackend(
  overrides: Partial<GatewayBackend> = {},
): GatewayBackend {
  return {
    name: 'analytics-blue',
    routingGroup: 'analytics',
    proxyTo: 'http://trino.example:8080',
    active: true,
    health: 'healthy',
    running: 14,
    queued: 2,
    trino: 'analytics',
    ...overrides,
  };
}

export function mockRoute(
  overrides: Partial<GatewayRoute> = {},
  now = Date.now(),
): GatewayRoute {
  return {
    queryId: '20261121_104100_00007_abcde',
    capturedAt: at(now, 2 * MINUTE_MS),
    user: 'superset',
    source: 'superset',
    requestedGroup: 'bi',
    backendUrl: 'http://trino.example:8080',
    backend: 'analytics-blue',
    usedGroup: 'analytics',
    trino: 'analytics',
    diverted: true,
    ...overrides,
  };
}

/** A gateway before two clusters, with one backend drained. */
export function mockGateway(
  overrides: Partial<GatewayView> = {},
  now = Date.now(),
): GatewayView {
  return {
    connection: 'gateway',
    title: 'Trino Gateway',
    observedAt: at(now, 15_000),
    staleAfterSeconds: 60,
    defaultRoutingGroup: 'analytics',
    backends: [
      mockBackend(),
      mockBackend({
        name: 'bi-green',
        routingGroup: 'bi',
        proxyTo: 'http://trino2.example:8080',
        trino: undefined,
        active: false,
        health: 'unhealthy',
        running: undefined,
        queued: undefined,
      }),
    ],
    routes: [
      mockRoute({}, now),
      mockRoute(
        {
          queryId: '20261121_104030_00006_abcde',
          requestedGroup: 'analytics',
          diverted: false,
          user: 'alice',
        },
        now,
      ),
    ],
    series: Array.from({ length: 31 }, (_, index) => ({
      at: at(now, (30 - index) * 2 * MINUTE_MS),
      backends: [
        {
          name: 'analytics-blue',
          running: 8 + (index % 7),
          queued: index % 5 === 0 ? 2 : 0,
          health: 'healthy' as const,
          active: true,
        },
        {
          name: 'bi-green',
          running: index < 20 ? 4 : undefined,
          queued: index < 20 ? 0 : undefined,
          health: index < 20 ? ('healthy' as const) : ('unhealthy' as const),
          active: index < 18,
        },
      ],
    })),
    gaps: [],
    ...overrides,
  };
}
