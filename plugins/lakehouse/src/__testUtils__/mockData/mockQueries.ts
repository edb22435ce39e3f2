import type {
  QueryRecord,
  QueryState,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { at, GIB, MINUTE_MS, seededRandom } from './mockTime';

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
