import type {
  LakehouseSliSource,
  QueryRecord,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { onEachDatabase } from '../../observations/__testUtils__/onEachDatabase';
import { clearRollups } from './__testUtils__/clearRollups';
import { DatabaseSloRollups } from './DatabaseSloRollups';
import { backfillQueries } from './backfill/backfillQueries';
import { seriesOf } from './seriesOf';
import { settleSlices } from './slices/settleSlices';
import type { SloSeries } from './SloRollups';

jest.setTimeout(120_000);

const NOW = Date.UTC(2026, 10, 22, 10, 30);
const MINUTE = 60_000;

function success(filter: LakehouseSliSource['filter'] = {}): SloSeries {
  return seriesOf(
    { method: 'Occurrences' },
    {
      sli: {
        name: 'success',
        source: {
          type: 'lakehouse',
          indicator: 'query-success',
          connection: 'analytics',
          filter,
        },
      },
    },
  );
}

function query(
  id: string,
  endedAtMs: number,
  more: Partial<QueryRecord> = {},
): QueryRecord {
  return {
    connection: 'analytics',
    queryId: id,
    state: 'FINISHED',
    source: 'api',
    user: 'ann',
    clientTags: [],
    resourceGroup: ['global', 'etl'],
    createdAt: new Date(endedAtMs - 5_000).toISOString(),
    endedAt: new Date(endedAtMs).toISOString(),
    wallMs: 5_000,
    queuedMs: 100,
    tablesRead: ['iceberg.shop.orders'],
    tablesWritten: [],
    observedBy: ['listener'],
    observedAt: new Date(endedAtMs).toISOString(),
    ...more,
  };
}

const observed = (...queries: QueryRecord[]) =>
  queries.map(one => ({ type: 'QueryObserved' as const, query: one }));

onEachDatabase('SLO rollups', current => {
  beforeEach(() => clearRollups(current().knex));

  const rollups = () =>
    DatabaseSloRollups.create({ db: current().knex, now: () => NOW });

  it('counts each query once, whatever is told again', async () => {
    const series = success();
    const counts = rollups();
    await counts.setSeries([series]);
    const failed = query('b', NOW + 70_000, {
      state: 'FAILED',
      error: { name: 'GENERIC_INTERNAL_ERROR', type: 'INTERNAL_ERROR' },
      tablesRead: ['iceberg.shop.orders', 'iceberg.shop.items'],
    });
    for (let time = 0; time < 3; time += 1) {
      await current().store.record(
        observed(query('a', NOW + 1_000), failed, query('c', NOW + 80_000)),
      );
    }
    const range = { fromMs: NOW, toMs: NOW + 10 * MINUTE };
    expect(await counts.sums([{ series, ...range }])).toEqual([
      { good: 2, total: 3, observedMinutes: 0 },
    ]);
    expect(
      await counts.buckets([series], { ...range, width: 'minute' }),
    ).toEqual(
      new Map([
        [
          series.id,
          [
            { startMs: NOW, good: 1, total: 1, observedMinutes: 0 },
            { startMs: NOW + MINUTE, good: 1, total: 2, observedMinutes: 0 },
          ],
        ],
      ]),
    );
    const spenders = await counts.spenders(series, range);
    expect(
      spenders
        .filter(({ dimension }) => dimension === 'table')
        .map(({ value, bad }) => [value, bad]),
    ).toEqual([
      ['iceberg.shop.items', 0.5],
      ['iceberg.shop.orders', 0.5],
    ]);
  });

  it('takes back what a row does not tell any more', async () => {
    const series = success();
    const counts = rollups();
    await counts.setSeries([series]);
    const told = (state: 'FINISHED' | 'FAILED', by: 'poll' | 'listener') =>
      query('a', NOW + (by === 'poll' ? 0 : MINUTE), {
        state,
        observedBy: [by],
        error:
          state === 'FAILED'
            ? { name: 'ANY', type: 'INTERNAL_ERROR' }
            : undefined,
      });
    await current().store.record(observed(told('FINISHED', 'poll')));
    const range = { fromMs: NOW, toMs: NOW + 10 * MINUTE };
    expect(await counts.sums([{ series, ...range }])).toMatchObject([
      { good: 1, total: 1 },
    ]);
    await current().store.record(observed(told('FAILED', 'listener')));
    await current().store.record(observed(told('FINISHED', 'poll')));
    expect(
      (await counts.buckets([series], { ...range, width: 'minute' })).get(
        series.id,
      ),
    ).toMatchObject([{ startMs: NOW + MINUTE, good: 0, total: 1 }]);
    expect(await counts.spenders(series, range)).toHaveLength(5);
  });

  it('does not count a query again whose row was pruned', async () => {
    const series = success();
    const counts = rollups();
    await counts.setSeries([series]);
    const { store } = current();
    await store.record(observed(query('a', NOW)));
    const time = new Date(NOW + 60 * MINUTE).toISOString();
    const before = {
      queriesBefore: time,
      samplesBefore: time,
      inspectionsBefore: time,
      gapsBefore: time,
    };
    await store.prune(before);
    expect(await store.query('analytics', 'a')).toBeUndefined();
    await store.record(observed(query('a', NOW)));
    await store.record(observed(query('b', NOW + 70 * MINUTE)));
    const range = { fromMs: NOW, toMs: NOW + 120 * MINUTE };
    expect(await counts.sums([{ series, ...range }])).toMatchObject([
      { good: 2, total: 2 },
    ]);
  });

  it('counts the past in chunks, and tells from when on', async () => {
    const { store, knex } = current();
    const past = [1, 50, 26 * 60].map((minutes, index) =>
      query(`p${index}`, NOW - minutes * MINUTE),
    );
    await store.record(observed(...past));
    const series = success();
    const counts = rollups();
    await counts.setSeries([series]);
    expect((await counts.reach([series])).get(series.id)).toMatchObject({
      countedFromMs: NOW,
      backfilling: true,
    });
    const chunk = () =>
      backfillQueries(knex, { connection: 'analytics', store, nowMs: NOW });
    expect(await chunk()).toBe(true);
    const range = { fromMs: NOW - 3 * 24 * 60 * MINUTE, toMs: NOW };
    expect(await counts.sums([{ series, ...range }])).toMatchObject([
      { good: 2, observedMinutes: 24 * 60 },
    ]);
    // What comes late to a time that is not counted yet is counted once.
    await store.record(observed(query('late', NOW - 25 * 60 * MINUTE)));
    while (await chunk());
    expect(await counts.sums([{ series, ...range }])).toMatchObject([
      { good: 4, observedMinutes: 26 * 60 },
    ]);
    expect((await counts.reach([series])).get(series.id)).toMatchObject({
      countedFromMs: NOW - 26 * 60 * MINUTE,
      backfilling: false,
    });
  });

  it('puts values beyond the limit together, and takes them away from there', async () => {
    const series = success();
    const counts = rollups();
    await counts.setSeries([series]);
    const failed = Array.from({ length: 230 }, (_, index) =>
      query(`q${index}`, NOW, {
        user: `user ${index}`,
        state: 'FAILED',
        error: { name: 'ANY', type: 'INTERNAL_ERROR' },
        observedBy: ['poll'],
      }),
    );
    await current().store.record(observed(...failed));
    const users = async () =>
      (
        await counts.spenders(series, { fromMs: NOW, toMs: NOW + MINUTE })
      ).filter(({ dimension }) => dimension === 'user');
    const sum = async () =>
      (await users()).reduce((total, { bad }) => total + bad, 0);
    expect(await users()).toHaveLength(201);
    expect(await sum()).toBe(230);
    // All of them ended well after all.
    await current().store.record(
      observed(
        ...failed.map(one => ({
          ...one,
          state: 'FINISHED' as const,
          error: undefined,
          observedBy: ['listener' as const],
        })),
      ),
    );
    expect(await sum()).toBe(0);
  });

  it('goes by hours where minutes are gone, and forgets what nobody asks for', async () => {
    const series = seriesOf(
      { method: 'Timeslices' },
      {
        sli: { name: 'sliced', source: success().source },
        slice: { durationMs: 7 * MINUTE, target: 1 },
      },
    );
    let nowMs = NOW;
    const counts = DatabaseSloRollups.create({
      db: current().knex,
      now: () => nowMs,
      minuteDays: 1,
    });
    await counts.setSeries([series]);
    await current().store.record(
      observed(query('a', NOW + 5 * MINUTE), query('b', NOW + 50 * MINUTE)),
    );
    nowMs = NOW + 48 * 60 * MINUTE;
    await settleSlices(current().knex, nowMs);
    expect(await counts.prune({ beforeMs: 0 })).toBe(2);
    const range = { fromMs: NOW - 60 * MINUTE, toMs: NOW + 40 * MINUTE };
    // To 11:10 means to 11:00 now.
    expect(await counts.sums([{ series, ...range }])).toEqual([
      {
        good: 1,
        total: 1,
        observedMinutes: 0,
        slices: { good: 1, total: 1, ratioSum: 1 },
      },
    ]);
    await counts.setSeries([]);
    await counts.prune({ beforeMs: 0 });
    expect((await counts.reach([series])).get(series.id)).toMatchObject({
      countedFromMs: NOW,
    });
    nowMs += 4 * 24 * 60 * MINUTE;
    expect(await counts.prune({ beforeMs: 0 })).toBeGreaterThan(0);
    expect((await counts.reach([series])).get(series.id)).toEqual({
      backfilling: false,
    });
    expect(await current().knex('slo_buckets')).toEqual([]);
  });
});
