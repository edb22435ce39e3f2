import type {
  LakehouseAlert,
  LakehouseDashboard,
  Workload,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Observation } from '../observations/Observation';

export const minutesAgo = (minutes: number) =>
  new Date(Date.now() - minutes * 60_000).toISOString();

const TABLE = {
  connection: 'analytics',
  catalog: 'iceberg',
  schema: 'gold',
  table: 'we"ird ü',
};

const alert = (
  id: string,
  state: LakehouseAlert['state'],
): Omit<LakehouseAlert, 'runs'> => ({
  connection: 'bi',
  id,
  name: `Alert ${id}`,
  kind: 'alert',
  state,
  sourceState: 'x',
  summary: 'x',
  active: true,
  owners: [],
});

const dashboard = (connection: string): LakehouseDashboard => ({
  connection,
  id: '1',
  title: 'Sales',
  published: true,
  owners: [],
  observedAt: minutesAgo(1),
  charts: [
    {
      id: '1',
      name: 'old',
      datasetId: '5',
      cache: 'cached',
      cachedAt: minutesAgo(60),
    },
    {
      id: '2',
      name: 'new',
      datasetId: '5',
      cache: 'cached',
      cachedAt: minutesAgo(2),
    },
    { id: '3', name: 'uncached', datasetId: '5', cache: 'not-cached' },
    { id: '4', name: 'other', datasetId: '6', cache: 'cached' },
  ],
  datasets: [
    { id: '5', name: 'sales', database: 'trino', table: TABLE, reads: 'x' },
    { id: '6', name: 'mysql', database: 'mysql', reads: 'y' },
  ],
});

const workload = (
  name: string,
  overrides: Partial<Workload> = {},
): Workload => ({
  connection: 'k8s',
  namespace: 'trino',
  kind: 'Deployment',
  name,
  labels: { app: name },
  of: 'analytics',
  observedAt: minutesAgo(1),
  replicas: { wanted: 1, ready: 1 },
  rollout: 'complete',
  restarts: 0,
  oomKills: 0,
  pending: 0,
  images: [],
  pods: [],
  events: [],
  ...overrides,
});

const event = (
  connection: string,
  id: string,
  minutes: number,
): Observation => ({
  type: 'TimelineObserved',
  event: {
    id,
    connection,
    kind: 'alert-fired',
    at: minutesAgo(minutes),
    severity: 'warning',
    title: id,
  },
});

/** Something of each system. */
export const SYSTEM_OBSERVATIONS: Observation[] = [
  {
    type: 'CacheSampled',
    sample: {
      connection: 'cache',
      sampledAt: minutesAgo(1),
      memory: { usedBytes: 7 },
    },
    nodes: [{ id: 'a:1', role: 'primary', state: 'ok' }],
  },
  {
    type: 'CacheUseReported',
    connection: 'cache',
    instance: 'a',
    prefixes: [
      {
        prefix: 'stats:',
        use: {
          at: minutesAgo(2),
          windowSeconds: 10,
          hits: 9,
          misses: 1,
          writes: 1,
          deletes: 0,
          duplicateMisses: 0,
        },
      },
    ],
  },
  {
    type: 'StampedeObserved',
    stampede: {
      id: 's1',
      connection: 'cache',
      evidence: 'duplicate-misses',
      startedAt: minutesAgo(3),
      keys: [],
    },
  },
  {
    type: 'AlertsObserved',
    connection: 'bi',
    at: minutesAgo(1),
    partial: 'Only what the account owns is listed.',
    alerts: [
      {
        ...alert('1', 'healthy'),
        crontab: '0 9 * * *',
        timezone: 'Asia/Kathmandu',
      },
      { ...alert('2', 'error'), crontab: '0 99 * * *' },
      {
        ...alert('3', 'fired'),
        crontab: '* * * * *',
        timezone: 'UTC',
      },
      { ...alert('4', 'inactive'), active: false, crontab: '0 9 * * *' },
    ],
  },
  {
    type: 'AlertRunsObserved',
    connection: 'bi',
    alertId: '3',
    runs: [{ id: '9', state: 'fired', startedAt: minutesAgo(1), value: 3 }],
  },
  ...['bi', 'bi2'].map(
    (connection): Observation => ({
      type: 'DashboardsObserved',
      connection,
      at: minutesAgo(2),
      dashboards: [dashboard(connection)],
    }),
  ),
  {
    type: 'TableInspected',
    health: {
      ref: TABLE,
      format: 'iceberg',
      inspectedAt: minutesAgo(1),
      depth: 'summary',
      status: 'healthy',
      parts: [],
      gaps: [],
      snapshot: { id: '1', committedAt: minutesAgo(30) },
    },
  },
  {
    type: 'WorkloadsSampled',
    connection: 'k8s',
    at: minutesAgo(1),
    workloads: [
      workload('fine'),
      workload('down', { replicas: { wanted: 2, ready: 0 } }),
      workload('oom', { oomKills: 2 }),
      workload('redis', { namespace: 'cache', of: 'cache' }),
    ],
  },
  {
    type: 'GatewaySampled',
    connection: 'gw',
    at: minutesAgo(1),
    defaultRoutingGroup: 'adhoc',
    backends: [
      {
        name: 'a',
        routingGroup: 'adhoc',
        proxyTo: 'http://a',
        active: true,
        health: 'healthy',
      },
      {
        name: 'b',
        routingGroup: 'etl',
        proxyTo: 'http://b',
        active: true,
        health: 'unhealthy',
      },
    ],
  },
  {
    type: 'GatewayRoutesObserved',
    connection: 'gw',
    routes: [
      {
        queryId: 'q1',
        capturedAt: minutesAgo(1),
        backendUrl: 'http://a',
        diverted: true,
      },
    ],
  },
  {
    type: 'MetricsObserved',
    connection: 'metrics',
    at: minutesAgo(1),
    alerts: [
      { connection: 'metrics', name: 'P', state: 'pending', labels: {} },
      {
        connection: 'metrics',
        name: 'F',
        state: 'firing',
        severity: 'warning',
        labels: {},
      },
      {
        connection: 'metrics',
        name: 'C',
        state: 'firing',
        severity: 'critical',
        labels: {},
      },
    ],
    targets: [
      { job: 'a', instance: '1', health: 'up' },
      { job: 'z', instance: '2', health: 'down' },
    ],
  },
  {
    type: 'QueryObserved',
    query: {
      connection: 'analytics',
      queryId: 'q1',
      state: 'FAILED',
      user: 'alice',
      clientTags: [],
      resourceGroup: [],
      createdAt: minutesAgo(5),
      tablesRead: [],
      tablesWritten: [],
      observedBy: ['listener'],
      observedAt: minutesAgo(4),
      error: {
        name: 'PERMISSION_DENIED',
        message: 'Access Denied: Cannot drop table iceberg.gold.x',
      },
    },
  },
  event('cache', 'stampede', 3),
  event('bi', 'fired', 2),
  event('bi2', 'old', 60 * 25),
  {
    type: 'GapOpened',
    gap: {
      connection: 'cache',
      subject: 'cache.slowlog',
      since: minutesAgo(30),
      code: 'forbidden',
      reason: 'NOPERM on SLOWLOG',
      remedy: 'allow +slowlog',
    },
  },
];
