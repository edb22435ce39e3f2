import type {
  Gap,
  LakehouseSliSource,
  TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { mockServices } from '@backstage/backend-test-utils';
import { onEachDatabase } from '../../observations/__testUtils__/onEachDatabase';
import type { Observation } from '../../observations/Observation';
import { clearRollups } from './__testUtils__/clearRollups';
import { DatabaseSloRollups } from './DatabaseSloRollups';
import { RollupTicks } from './RollupTicks';
import { seriesOf } from './seriesOf';
import type { SloSeries } from './SloRollups';

jest.setTimeout(120_000);

const NOW = Date.UTC(2026, 10, 22, 10, 30);
const MINUTE = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

function series(
  source: Partial<LakehouseSliSource> & Pick<LakehouseSliSource, 'indicator'>,
  threshold?: SloSeries['threshold'],
): SloSeries {
  return seriesOf(
    { method: 'Occurrences' },
    {
      sli: {
        name: 'any',
        source: {
          type: 'lakehouse',
          connection: 'analytics',
          filter: {},
          ...source,
        },
      },
      threshold,
    },
  );
}

function table(name: string, health: Partial<TableHealth>): Observation {
  return {
    type: 'TableInspected',
    health: {
      ref: {
        connection: 'analytics',
        catalog: 'lake',
        schema: 'shop',
        table: name,
      },
      format: 'iceberg',
      inspectedAt: iso(NOW - 5 * MINUTE),
      depth: 'full',
      status: 'healthy',
      parts: [],
      gaps: [],
      ...health,
    },
  };
}

const committed = (minutesAgo: number): Partial<TableHealth> => ({
  snapshot: { id: '1', committedAt: iso(NOW - minutesAgo * MINUTE) },
});

function sampled(atMs: number, freeBytes: number, active: number): Observation {
  return {
    type: 'ClusterSampled',
    sample: {
      connection: 'analytics',
      sampledAt: iso(atMs),
      memory: {
        totalBytes: 100,
        reservedBytes: 100 - freeBytes,
        revocableBytes: 0,
        freeBytes,
        blockedNodes: 0,
      },
      nodes: { active, inactive: 3 - active, shuttingDown: 0 },
    },
  };
}

const gap = (subject: Gap['subject'], sinceMs: number, untilMs?: number) =>
  ({
    type: 'GapOpened',
    gap: {
      connection: 'analytics',
      subject,
      since: iso(sinceMs),
      until: untilMs === undefined ? undefined : iso(untilMs),
      code: 'unreachable',
      reason: 'Trino does not answer',
      remedy: 'start it',
    },
  } satisfies Observation);

onEachDatabase('ticks of rollups', current => {
  let nowMs = NOW;

  beforeEach(async () => {
    nowMs = NOW;
    await clearRollups(current().knex);
    for (const name of ['tables', 'sweeps', 'cluster_samples']) {
      await current().knex(name).delete();
    }
  });

  function setUp() {
    const { knex, store } = current();
    const rollups = DatabaseSloRollups.create({
      db: knex,
      now: () => nowMs,
      backfillDays: 1,
      ticks: RollupTicks.create({
        db: knex,
        store,
        prometheus: {
          get: () => {
            throw new Error('not asked in these tests');
          },
        },
        ownSources: new Map(),
        logger: mockServices.logger.mock(),
      }),
    });
    const tick = async (atMs: number) => {
      nowMs = atMs;
      await rollups.tick({ nowMs, signal: new AbortController().signal });
    };
    const minutes = async (one: SloSeries) =>
      (
        await rollups.buckets([one], {
          fromMs: NOW - 60 * MINUTE,
          toMs: NOW + 60 * MINUTE,
          width: 'minute',
        })
      ).get(one.id);
    return { rollups, store, tick, minutes };
  }

  it('look at each table once a minute, and say why one can not be told', async () => {
    const { rollups, store, tick, minutes } = setUp();
    const fresh = series(
      { indicator: 'table-freshness', filter: { table: 'lake.shop.*' } },
      { op: 'lte', value: 10, unit: 'm' },
    );
    const column = series(
      { indicator: 'table-freshness', filter: {}, column: 'at' },
      { op: 'lte', value: 10, unit: 'm' },
    );
    await store.record([
      table('orders', committed(5)),
      table('items', committed(9)),
      table('staff', {}),
      { type: 'TablesSwept', connection: 'analytics', at: iso(NOW) },
    ]);
    await rollups.setSeries([fresh, column]);
    await tick(NOW + 10_000);
    await tick(NOW + 30_000);
    await tick(NOW + MINUTE + 5_000);
    expect(await minutes(fresh)).toEqual([
      { startMs: NOW, good: 2, total: 2, observedMinutes: 1 },
      { startMs: NOW + MINUTE, good: 1, total: 2, observedMinutes: 1 },
    ]);
    const reach = await rollups.reach([fresh, column]);
    expect(reach.get(fresh.id)).toEqual({
      countedFromMs: NOW,
      backfilling: false,
      lastObservedMs: NOW + MINUTE,
      problem: undefined,
    });
    expect(reach.get(column.id)?.problem).toMatch(/column at .* run ANALYZE/);
    expect(reach.get(column.id)?.lastObservedMs).toBeUndefined();
  });

  it('look at samples, also at those from before, and correct the newest minutes', async () => {
    const { rollups, store, tick, minutes } = setUp();
    const memory = series(
      { indicator: 'memory-headroom' },
      { op: 'gte', value: 20, unit: 'percent' },
    );
    const workers = series(
      { indicator: 'worker-availability', expectedWorkers: 2 },
      { op: 'gte', value: 2, unit: 'count' },
    );
    await store.record([
      sampled(NOW - 30 * MINUTE, 10, 3),
      sampled(NOW - 29 * MINUTE, 20, 2),
      sampled(NOW + 5_000, 50, 3),
    ]);
    await rollups.setSeries([memory, workers]);
    await tick(NOW + 10_000);
    expect(
      (await minutes(memory))?.map(({ startMs, good }) => [startMs, good]),
    ).toEqual([
      [NOW - 30 * MINUTE, 0],
      [NOW - 29 * MINUTE, 1],
      [NOW, 1],
    ]);
    expect((await minutes(workers))?.map(({ good }) => good)).toEqual([
      1, 0, 1,
    ]);
    await store.record([sampled(NOW + 50_000, 5, 1)]);
    await tick(NOW + 2 * MINUTE);
    expect((await minutes(memory))?.at(-1)).toEqual({
      startMs: NOW,
      good: 0,
      total: 1,
      observedMinutes: 1,
    });
    const reach = (await rollups.reach([memory])).get(memory.id);
    expect(reach).toMatchObject({
      countedFromMs: NOW - 30 * MINUTE,
      backfilling: false,
      lastObservedMs: NOW,
    });
  });

  it('mark the minutes in which queries were observed, and take back what a gap says later', async () => {
    const { rollups, store, tick, minutes } = setUp();
    const success = series({ indicator: 'query-success' });
    await rollups.setSeries([success]);
    await tick(NOW + 1_000);
    await tick(NOW + MINUTE);
    await tick(NOW + 2 * MINUTE);
    await store.record([
      gap('queries', NOW + MINUTE + 30_000, NOW + MINUTE + 40_000),
      gap('cluster.memory', NOW, NOW + MINUTE),
    ]);
    // Nobody was there for a quarter of an hour.
    await tick(NOW + 3 * MINUTE);
    await tick(NOW + 18 * MINUTE);
    expect((await minutes(success))?.map(({ startMs }) => startMs)).toEqual([
      NOW,
      NOW + 2 * MINUTE,
      NOW + 3 * MINUTE,
      NOW + 18 * MINUTE,
    ]);
    await store.record([gap('queries', NOW + 18 * MINUTE)]);
    await tick(NOW + 18 * MINUTE + 30_000);
    expect((await rollups.reach([success])).get(success.id)).toMatchObject({
      lastObservedMs: NOW + 3 * MINUTE,
      problem: 'Trino does not answer',
    });
  });
});
