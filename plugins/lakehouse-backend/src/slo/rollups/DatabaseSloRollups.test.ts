import type {
  LakehouseSliSource,
  QueryRecord,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { onEachDatabase } from '../../observations/__testUtils__/onEachDatabase';
import { DatabaseSloRollups } from './DatabaseSloRollups';
import { seriesOf } from './seriesOf';
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
  beforeEach(async () => {
    for (const table of [
      'slo_series',
      'slo_marks',
      'slo_buckets',
      'slo_spenders',
      'slo_latency_bins',
      'query_tables',
    ]) {
      await current().knex(table).delete();
    }
  });

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
});
