import type {
  LakehouseSliSource,
  QueryRecord,
} from '@lakehouse-ops/plugin-lakehouse-common';
import fc from 'fast-check';
import { onEachDatabase } from '../../observations/__testUtils__/onEachDatabase';
import { DatabaseObservationStore } from '../../observations/DatabaseObservationStore';
import {
  evaluateRaw,
  rawFacts,
  type RawEvaluation,
} from './__testUtils__/rawEvaluation';
import { clearRollups } from './__testUtils__/clearRollups';
import { backfillQueries } from './backfill/backfillQueries';
import { DatabaseSloRollups } from './DatabaseSloRollups';
import { seriesOf } from './seriesOf';
import { settleSlices } from './slices/settleSlices';
import { NO_SLICES } from './slices/sliceFigures';
import type { SliBucket, SliSums, SloSeries } from './SloRollups';

jest.setTimeout(600_000);

/** Half past midnight: what is late falls into the day before. */
const NOW = Date.UTC(2026, 10, 22, 0, 30);
const MINUTE = 60_000;
const RANGE = { fromMs: NOW - 120 * MINUTE, toMs: NOW + 60 * MINUTE };

function series(
  source: Partial<LakehouseSliSource>,
  objective: Partial<Parameters<typeof seriesOf>[1]> = {},
): SloSeries {
  return seriesOf(
    { method: 'Timeslices' },
    {
      sli: {
        name: 'any',
        source: {
          type: 'lakehouse',
          indicator: 'query-success',
          connection: 'analytics',
          filter: {},
          ...source,
        },
      },
      ...objective,
    },
  );
}

const LATENCY = {
  threshold: { op: 'lte', value: 2, unit: 's' },
} as const;
const ALL: readonly SloSeries[] = [
  series({}),
  series({
    badErrors: ['USER_ERROR', 'SYNTAX_ERROR'],
    filter: { source: 'api' },
  }),
  series({ filter: { table: 'lake.shop.*' } }),
  series({ filter: { table: 'lake.shop.orders' } }),
  series({ indicator: 'query-latency', filter: { user: 'a*' } }, LATENCY),
  series(
    { indicator: 'queue-time' },
    { threshold: { op: 'lt', value: 50, unit: 'ms' } },
  ),
  ...[1, 5, 7, 25, 60, 90, 1_440].map(minutes =>
    series({}, { slice: { durationMs: minutes * MINUTE, target: 0.9 } }),
  ),
];

const ENDS = {
  RUNNING: { state: 'RUNNING' },
  FINISHED: { state: 'FINISHED' },
  USER: {
    state: 'FAILED',
    error: { name: 'SYNTAX_ERROR', type: 'USER_ERROR' },
  },
  INTERNAL: {
    state: 'FAILED',
    error: { name: 'PAGE_TRANSPORT_ERROR', type: 'INTERNAL_ERROR' },
  },
} as const satisfies Record<string, Pick<QueryRecord, 'state' | 'error'>>;

const aQuery: fc.Arbitrary<QueryRecord> = fc
  .record({
    id: fc.integer({ min: 0, max: 5 }),
    end: fc.constantFrom(
      'RUNNING' as const,
      'FINISHED' as const,
      'USER' as const,
      'INTERNAL' as const,
    ),
    by: fc.constantFrom('listener', 'poll'),
    // From 23:26, when all slices that began before anything was counted are over, to 00:50.
    endedSeconds: fc.integer({ min: -64 * 60, max: 20 * 60 }),
    wallMs: fc.constantFrom(0, 1, 1_999, 2_000, 2_001, 900_000, undefined),
    queuedMs: fc.constantFrom(0, 49, 50, 5_000, undefined),
    source: fc.constantFrom('api', 'bi', undefined),
    user: fc.constantFrom('ann', 'bob'),
    tables: fc.subarray([
      'lake.shop.orders',
      'lake.shop.items',
      'lake.hr.staff',
    ]),
    written: fc.subarray(['lake.shop.orders']),
    group: fc.constantFrom([], ['global', 'etl']),
  })
  .map(({ id, end, by, endedSeconds, tables, written, group, ...told }) => {
    const ended = end !== 'RUNNING';
    const endedAt = new Date(NOW + endedSeconds * 1_000).toISOString();
    return {
      ...told,
      connection: 'analytics',
      queryId: `query-${id}`,
      ...ENDS[end],
      clientTags: [],
      resourceGroup: group,
      createdAt: new Date(NOW - 100 * MINUTE).toISOString(),
      endedAt: ended ? endedAt : undefined,
      tablesRead: tables,
      tablesWritten: written,
      observedBy: [by],
      observedAt: endedAt,
    } satisfies QueryRecord;
  });

type Step =
  | {
      do: 'record';
      at: number;
      batches: QueryRecord[][];
      /** Changed and counted at the same time. */
      meanwhile?: SloSeries[];
    }
  | { do: 'live'; seen: number[] }
  | { do: 'wanted'; series: SloSeries[] }
  | { do: 'past' }
  | { do: 'settle' };

const aStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('record' as const),
      at: fc.integer({ min: 0, max: 1 }),
      // Several at the same time, from both replicas.
      batches: fc.array(fc.array(aQuery, { minLength: 1, maxLength: 5 }), {
        minLength: 1,
        maxLength: 3,
      }),
      meanwhile: fc.option(fc.subarray([...ALL]), { nil: undefined, freq: 3 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('live' as const),
      seen: fc.subarray([0, 1, 2, 3, 4, 5]),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('wanted' as const),
      series: fc.subarray([...ALL]),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'past' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'settle' as const }) },
);

onEachDatabase('rollups', current => {
  it('equal a raw evaluation, whatever order, split, replay and replica', async () => {
    const { knex } = current();
    const stores = [
      current().store,
      await DatabaseObservationStore.create({
        database: { getClient: async () => knex },
        ownSources: new Map([['analytics', 'backstage-lakehouse']]),
      }),
    ];
    const counts = [NOW, NOW + 3 * MINUTE].map(now =>
      DatabaseSloRollups.create({ db: knex, now: () => now }),
    );
    const past = () =>
      backfillQueries(knex, {
        connection: 'analytics',
        ownSource: 'backstage-lakehouse',
        store: stores[0],
        nowMs: NOW,
      });

    await fc.assert(
      fc.asyncProperty(
        fc.array(aStep, { minLength: 1, maxLength: 12 }),
        async steps => {
          await clearRollups(knex);
          for (const [place, step] of steps.entries()) {
            switch (step.do) {
              case 'record':
                await Promise.all([
                  ...step.batches.map((batch, index) =>
                    stores[(step.at + index) % 2].record(
                      batch.map(query => ({ type: 'QueryObserved', query })),
                    ),
                  ),
                  ...(step.meanwhile
                    ? [counts[place % 2].setSeries(step.meanwhile), past()]
                    : []),
                ]);
                break;
              case 'live':
                await stores[place % 2].record([
                  {
                    type: 'LiveQueriesObserved',
                    connection: 'analytics',
                    at: new Date(NOW + 30 * MINUTE).toISOString(),
                    queryIds: step.seen.map(id => `query-${id}`),
                  },
                ]);
                break;
              case 'wanted':
                await counts[place % 2].setSeries(step.series);
                break;
              case 'past':
                await past();
                break;
              default:
                await settleSlices(knex, NOW + 300 * MINUTE);
            }
          }
          await counts[0].setSeries(ALL);
          while (await past());

          const facts = await rawFacts(knex, 'analytics');
          const sums = await counts[0].sums(
            ALL.map(one => ({ series: one, ...RANGE })),
          );
          const minutes = await counts[0].buckets(ALL, {
            ...RANGE,
            width: 'minute',
          });
          const days = await counts[0].buckets(ALL, {
            fromMs: Date.UTC(2026, 10, 21),
            toMs: Date.UTC(2026, 10, 23),
            width: 'day',
          });
          const sketches = await counts[0].latencyBins(
            ALL.map(one => ({ series: one, ...RANGE })),
          );
          for (const [place, one] of ALL.entries()) {
            const raw = evaluateRaw(facts, one);
            const told = new Map(
              (minutes.get(one.id) ?? []).flatMap(({ startMs, good, total }) =>
                total > 0 ? [[startMs, { good, total }]] : [],
              ),
            );
            expect(told).toEqual(raw.minutes);
            const all = [...raw.minutes.values()];
            const good = all.reduce((sum, minute) => sum + minute.good, 0);
            const total = all.reduce((sum, minute) => sum + minute.total, 0);
            expect(sums[place]).toMatchObject({ good, total });
            const byDay = days.get(one.id) ?? [];
            expect(byDay.reduce((sum, day) => sum + day.total, 0)).toBe(total);
            expect(
              new Map(sketches[place].map(({ bin, count }) => [bin, count])),
            ).toEqual(raw.bins);
            await expectSpenders(counts[0], one, raw.spenders);
            expectSlices(one, raw.slices, { told: sums[place], byDay });
          }
        },
      ),
      { numRuns: 30 },
    );
  });
});

async function expectSpenders(
  counts: DatabaseSloRollups,
  one: SloSeries,
  raw: ReadonlyMap<string, number>,
) {
  const told = new Map<string, number>();
  for (const { dimension, value, bad } of await counts.spenders(one, RANGE)) {
    const key = `${dimension}=${value}`;
    told.set(key, (told.get(key) ?? 0) + bad);
  }
  expect([...told.keys()].sort()).toEqual([...raw.keys()].sort());
  for (const [key, bad] of raw) expect(told.get(key)).toBeCloseTo(bad, 9);
}

/** Of slices that begin in the time that is counted. */
function expectSlices(
  one: SloSeries,
  raw: RawEvaluation['slices'],
  rollups: { told: SliSums; byDay: readonly SliBucket[] },
) {
  if (!one.slice || one.slice.durationMs > 60 * MINUTE) return;
  const { ratioSum, ...slices } = raw ?? NO_SLICES;
  expect(rollups.told.slices).toMatchObject(slices);
  expect(rollups.told.slices?.ratioSum).toBeCloseTo(ratioSum, 9);
  expect(
    rollups.byDay.reduce((sum, day) => sum + (day.slices?.good ?? 0), 0),
  ).toBe(slices.good);
}
