import type {
  ConnectionView,
  Gap,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { MINUTE_MS } from './mockTime';

export function mockConnection(
  overrides: Partial<ConnectionView> = {},
): ConnectionView {
  return {
    id: 'analytics',
    system: 'trino',
    title: 'Analytics cluster',
    uiUrl: 'http://trino.example:8080',
    version: '476',
    user: 'lakehouse-ops',
    status: 'connected',
    capabilities: [],
    catalogs: [{ name: 'lake', connector: 'iceberg' }],
    gaps: [],
    ...overrides,
  };
}

export function mockGap(overrides: Partial<Gap> = {}): Gap {
  return {
    connection: 'analytics',
    subject: 'cluster.memory',
    since: new Date(Date.now() - 31 * MINUTE_MS).toISOString(),
    until: new Date(Date.now() - 22 * MINUTE_MS).toISOString(),
    code: 'forbidden',
    reason: '403 on /metrics',
    remedy: 'grant system_information read to user lakehouse-ops',
    ...overrides,
  };
}

/** One connection to each system beside Trino. */
export function mockOtherConnections(): ConnectionView[] {
  const other = (
    id: string,
    system: ConnectionView['system'],
    title: string,
    version?: string,
  ) => mockConnection({ id, system, title, version, catalogs: [] });
  return [
    other('sessions', 'redis', 'Sessions cache', '7.0.15'),
    other('bi', 'superset', 'Superset', '6.1.0'),
    other('prod-k8s', 'kubernetes', 'Production Kubernetes', 'v1.33.1'),
    other('prometheus', 'prometheus', 'Prometheus', '3.5.0'),
    other('gateway', 'trino-gateway', 'Trino Gateway'),
  ];
}
