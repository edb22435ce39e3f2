import type {
  ClusterSample,
  ClusterView,
  ConnectionView,
  FileSizeBin,
  Gap,
  QueryRecord,
  QueryState,
  TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const MINUTE_MS = 60_000;

/** A repeatable stream of numbers from 0 to 1. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

const at = (now: number, agoMs: number) => new Date(now - agoMs).toISOString();

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

export function mockCluster(
  overrides: Partial<ClusterView> = {},
  now = Date.now(),
): ClusterView {
  const random = seededRandom(7);
  const total = 96 * GIB;
  const series: ClusterSample[] = [];
  const concurrency: Array<ClusterView['concurrency'][number]> = [];
  for (let minute = 60; minute >= 0; minute -= 0.5) {
    const sampledAt = at(now, minute * MINUTE_MS);
    const load = 0.45 + 0.3 * Math.sin(minute / 9) + 0.1 * random();
    const reserved = Math.round(total * load);
    const revocable = Math.round(total * 0.05 * random());
    const hidden = minute < 31 && minute > 22;
    const etl = Math.round(4 + 3 * Math.sin(minute / 7) + random());
    const adhoc = Math.round(3 + 3 * random());
    const analytics = Math.round(6 + 4 * Math.sin(minute / 5));
    const queued = load > 0.75 ? Math.round(random() * 8) : 0;
    series.push({
      connection: 'analytics',
      sampledAt,
      memory: hidden
        ? undefined
        : {
            totalBytes: total,
            reservedBytes: reserved,
            revocableBytes: revocable,
            freeBytes: total - reserved - revocable,
            blockedNodes: load > 0.8 ? 1 : 0,
            oomKills: minute < 14 ? 3 : 2,
          },
      queries: {
        running: etl + adhoc + analytics,
        queued,
        completed: Math.round(10_000 - minute * 20),
        failed: Math.round(240 - minute * 0.2),
      },
      nodes: { active: minute > 40 ? 5 : 4, inactive: 0, shuttingDown: 0 },
    });
    concurrency.push({
      sampledAt,
      groups: [
        { path: 'global', running: etl + adhoc + analytics, queued },
        { path: 'global.etl', running: etl, queued: 0 },
        { path: 'global.analytics', running: analytics, queued },
        { path: 'global.adhoc', running: adhoc, queued: 0 },
      ],
    });
  }
  const latest = series[series.length - 1];
  return {
    connection: 'analytics',
    title: 'Analytics cluster',
    version: '476',
    uiUrl: 'http://trino.example:8080',
    observedAt: latest.sampledAt,
    staleAfterSeconds: 60,
    latest,
    series,
    nodes: ['coordinator', 'worker-1', 'worker-2', 'worker-3'].map(
      (nodeId, index) => ({
        nodeId,
        address: `http://10.0.0.${10 + index}:8080`,
        version: '476',
        coordinator: index === 0,
        state: index === 3 ? 'shutting_down' : 'active',
      }),
    ),
    resourceGroups: [
      {
        path: 'global.etl',
        state: 'CAN_RUN',
        running: 5,
        queued: 0,
        hardConcurrencyLimit: 10,
        maxQueued: 100,
        softMemoryLimitBytes: 40 * GIB,
        memoryUsageBytes: 12 * GIB,
      },
      {
        path: 'global.analytics',
        state: 'FULL',
        running: 20,
        queued: 7,
        hardConcurrencyLimit: 20,
        maxQueued: 200,
        softMemoryLimitBytes: 60 * GIB,
        memoryUsageBytes: 51 * GIB,
      },
      { path: 'global.adhoc', state: 'CAN_RUN', running: 3, queued: 0 },
    ],
    concurrency,
    gaps: [mockGap()],
    ...overrides,
  };
}

const USERS = ['alice', 'bob', 'svc-personal-api', 'etl', 'superset'];
const SOURCES = ['trino-cli', 'personal-api', 'nightly-export', 'superset'];
const TABLES = [
  'lake.gold.daily_sales',
  'lake.silver.orders',
  'lake.silver.customers',
  'lake.bronze.events',
];

export function mockQuery(overrides: Partial<QueryRecord> = {}): QueryRecord {
  return {
    connection: 'analytics',
    queryId: '20261121_104200_00042_abcde',
    state: 'FINISHED',
    user: 'alice',
    source: 'trino-cli',
    clientTags: [],
    resourceGroup: ['global', 'adhoc'],
    queryType: 'SELECT',
    createdAt: at(Date.now(), 5 * MINUTE_MS),
    tablesRead: ['lake.gold.daily_sales'],
    tablesWritten: [],
    observedBy: ['listener', 'poll'],
    observedAt: at(Date.now(), MINUTE_MS),
    ...overrides,
  };
}

function mockState(index: number, chance: number): QueryState {
  if (index < 1) return 'QUEUED';
  if (index < 5) return 'RUNNING';
  return chance < 0.08 ? 'FAILED' : 'FINISHED';
}

/** Queries of the last hour, newest first; a few of them running. */
export function mockQueries(count: number, now = Date.now()): QueryRecord[] {
  const random = seededRandom(11);
  const pick = <T>(from: readonly T[]): T =>
    from[Math.floor(random() * from.length)];
  return Array.from({ length: count }, (_, index) => {
    const agoMs = 4_000 + (index * 55 * MINUTE_MS) / count;
    const state = mockState(index, random());
    const wallMs = Math.round(120 * 10 ** (random() * 3));
    const queuedMs = Math.round(wallMs * 0.2 * random());
    const planningMs = Math.round(wallMs * 0.1 * random());
    const ended = state === 'FINISHED' || state === 'FAILED';
    const createdAt = at(now, agoMs);
    const table = pick(TABLES);
    return mockQuery({
      queryId: `20261121_1042${String(index).padStart(2, '0')}_${String(
        index,
      ).padStart(5, '0')}_abcde`,
      state,
      user: pick(USERS),
      source: pick(SOURCES),
      clientTags: index % 3 ? [] : ['dashboard'],
      resourceGroup: ['global', pick(['etl', 'analytics', 'adhoc'])],
      createdAt,
      startedAt: createdAt,
      endedAt: ended
        ? new Date(Date.parse(createdAt) + wallMs).toISOString()
        : undefined,
      queuedMs: state === 'QUEUED' ? undefined : queuedMs,
      analysisMs: ended ? Math.round(planningMs / 2) : undefined,
      planningMs: ended ? planningMs : undefined,
      executionMs: ended ? wallMs - queuedMs - planningMs : undefined,
      wallMs: ended ? wallMs : undefined,
      cpuMs: state === 'QUEUED' ? undefined : wallMs * 6,
      physicalInputBytes:
        state === 'QUEUED' ? undefined : Math.round(random() ** 3 * 40 * GIB),
      physicalInputRows: Math.round(random() * 1e8),
      outputBytes: ended ? 14_213 : undefined,
      outputRows: ended ? 120 : undefined,
      spilledBytes: ended ? 0 : undefined,
      peakMemoryBytes:
        state === 'QUEUED' ? undefined : Math.round(random() * 6 * GIB),
      progress:
        state === 'RUNNING' ? Math.round(random() * 100) / 100 : undefined,
      tablesRead: index % 7 === 0 ? [table, TABLES[1], TABLES[2]] : [table],
      error:
        state === 'FAILED'
          ? {
              code: 131_075,
              name: 'EXCEEDED_TIME_LIMIT',
              type: 'INSUFFICIENT_RESOURCES',
              message:
                'Query exceeded the maximum execution time limit of 5.00m',
            }
          : undefined,
      queryText: `SELECT d.day, sum(d.amount) AS amount\nFROM ${table} d\nWHERE d.day >= date '2026-11-01'\nGROUP BY 1\nORDER BY 1`,
    });
  });
}

function bins(small: number, large: number): FileSizeBin[] {
  const limits = [0, 8, 32, 128, 512];
  const files = [small, Math.round(small / 6), 4, large, 1];
  return limits.map((from, index) => ({
    fromBytes: from * MIB,
    toBytes: limits[index + 1] ? limits[index + 1] * MIB : undefined,
    files: files[index],
    sizeBytes: files[index] * (from + 4) * MIB,
  }));
}

export function mockTable(overrides: Partial<TableHealth> = {}): TableHealth {
  const now = Date.now();
  const filesBins = bins(930, 24);
  const totalFiles = filesBins.reduce((sum, bin) => sum + bin.files, 0);
  return {
    ref: {
      connection: 'analytics',
      catalog: 'lake',
      schema: 'gold',
      table: 'daily_sales',
    },
    format: 'iceberg',
    inspectedAt: at(now, 40_000),
    depth: 'full',
    score: 31,
    status: 'breached',
    parts: [
      {
        id: 'small-files',
        label: 'Small files',
        weight: 0.4,
        score: 8,
        explanation: '1,085 of 1,114 files are under 128 MiB.',
      },
      {
        id: 'statistics',
        label: 'Statistics',
        weight: 0.25,
        score: 40,
        explanation: '38 % of the rows were written after the statistics.',
      },
      {
        id: 'snapshots',
        label: 'Snapshots',
        weight: 0.2,
        score: 70,
        explanation: '212 snapshots are kept, the oldest for 9 days.',
      },
      {
        id: 'delete-files',
        label: 'Delete files',
        weight: 0.15,
        explanation: 'Delete files were not read.',
      },
    ],
    snapshot: {
      id: '8812236674590712345',
      committedAt: at(now, 12 * MINUTE_MS),
      operation: 'append',
      user: 'etl',
      queryId: '20261121_103000_00001_abcde',
    },
    totals: {
      dataFiles: totalFiles,
      sizeBytes: 11 * GIB,
      records: 84_213_220,
      deleteFiles: 0,
    },
    files: {
      snapshotId: '8812236674590712345',
      countedAt: at(now, 40_000),
      bins: filesBins,
      smallFiles: totalFiles - 25,
      smallFileBytes: 128 * MIB,
      totalFiles,
    },
    snapshots: {
      count: 212,
      oldestAt: at(now, 9 * 24 * 60 * MINUTE_MS),
      newestAt: at(now, 12 * MINUTE_MS),
    },
    manifests: { count: 88, sizeBytes: 9 * MIB },
    partitions: {
      count: 31,
      worst: Array.from({ length: 12 }, (_, index) => ({
        partition: `day=2026-11-${String(20 - index).padStart(2, '0')}`,
        files: 120 - index * 7,
        sizeBytes: (120 - index * 7) * 5 * MIB,
      })),
    },
    statistics: {
      state: 'stale',
      collectedAt: at(now, 6 * 24 * 60 * MINUTE_MS),
      rowsSinceShare: 0.38,
      columns: [
        {
          column: 'day',
          distinctValues: 31,
          nullsFraction: 0,
          low: '2026-10-21',
          high: '2026-11-14',
        },
        {
          column: 'amount',
          distinctValues: 812_331,
          nullsFraction: 0.002,
          dataSizeBytes: 640 * MIB,
        },
        { column: 'note' },
      ],
    },
    compaction: {
      filesBefore: totalFiles,
      filesAfter: 26,
      bytesRewritten: 10 * GIB,
    },
    gaps: [],
    ...overrides,
  };
}

/** A breached table, one at risk, a healthy, an unknown. */
export function mockTables(): TableHealth[] {
  const ref = mockTable().ref;
  return [
    mockTable(),
    mockTable({
      ref: { ...ref, schema: 'silver', table: 'orders' },
      score: 68,
      status: 'at-risk',
      compaction: { filesBefore: 210, filesAfter: 9, bytesRewritten: GIB },
    }),
    mockTable({
      ref: { ...ref, schema: 'silver', table: 'we"ird.na$me ü' },
      score: undefined,
      status: 'unknown',
      parts: [],
      snapshot: undefined,
      totals: undefined,
      files: undefined,
      snapshots: undefined,
      statistics: undefined,
      partitions: undefined,
      compaction: undefined,
      gaps: [
        mockGap({
          subject: 'table:lake.silver."we""ird.na$me ü"',
          reason: 'timeout after 30 s on "$files"',
          remedy: 'raise the time budget of the sweep',
          until: undefined,
        }),
      ],
    }),
    mockTable({
      ref: { ...ref, schema: 'silver', table: 'customers' },
      score: 97,
      status: 'healthy',
      totals: { dataFiles: 12, sizeBytes: 3 * GIB, records: 1_000_000 },
      files: {
        snapshotId: '1',
        countedAt: new Date().toISOString(),
        bins: bins(0, 12),
        smallFiles: 0,
        smallFileBytes: 128 * MIB,
        totalFiles: 12,
      },
      statistics: {
        state: 'fresh',
        collectedAt: at(Date.now(), 3_600_000),
        rowsSinceShare: 0,
        columns: [],
      },
      compaction: undefined,
    }),
  ];
}
