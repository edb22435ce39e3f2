import { mockServices } from '@backstage/backend-test-utils';
import type {
  LakehouseAlert,
  LakehouseSliSource,
  PrometheusSliSource,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  MetricRange,
  MetricResult,
  PrometheusConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { onEachDatabase } from '../../../observations/__testUtils__/onEachDatabase';
import { clearRollups } from '../__testUtils__/clearRollups';
import { DatabaseSloRollups } from '../DatabaseSloRollups';
import { RollupTicks } from '../RollupTicks';
import { seriesOf } from '../seriesOf';
import type { SloSeries } from '../SloRollups';

jest.setTimeout(120_000);

const NOW = Date.UTC(2026, 10, 22, 10, 30);
const MINUTE = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

type Source = LakehouseSliSource | PrometheusSliSource;

function series(source: Source, threshold?: SloSeries['threshold']): SloSeries {
  return seriesOf(
    { method: 'Occurrences' },
    { sli: { name: 'any', source }, threshold },
  );
}

const lakehouse = (
  indicator: LakehouseSliSource['indicator'],
  filter: LakehouseSliSource['filter'] = {},
) => series({ type: 'lakehouse', connection: 'systems', indicator, filter });

const alert = (
  id: string,
  state: LakehouseAlert['state'],
  active = true,
): Omit<LakehouseAlert, 'runs'> => ({
  connection: 'systems',
  id,
  name: `Alert ${id}`,
  kind: 'alert',
  state,
  sourceState: state,
  summary: state,
  active,
  owners: [],
});

function metricResult(
  range: MetricRange,
  valueAt: (ms: number) => number,
): MetricResult {
  const points = [];
  for (
    let at = Date.parse(range.from);
    at <= Date.parse(range.to);
    at += range.stepMs ?? MINUTE
  ) {
    points.push({ at: iso(at), value: valueAt(at) });
  }
  return {
    series: [{ labels: {}, points }],
    partial: false,
    warnings: [],
    infos: [],
  };
}

onEachDatabase('looks', current => {
  const asked: Array<[string, MetricRange]> = [];
  let answer: (expression: string, range: MetricRange) => MetricResult;

  beforeEach(async () => {
    asked.length = 0;
    await clearRollups(current().knex);
  });

  function setUp(options: { backfillDays?: number } = {}) {
    let nowMs = NOW;
    const { knex, store } = current();
    const connection = {
      queryRange: async (expression: string, range: MetricRange) => {
        asked.push([expression, range]);
        return answer(expression, range);
      },
    } as Partial<PrometheusConnection> as PrometheusConnection;
    const rollups = DatabaseSloRollups.create({
      db: knex,
      now: () => nowMs,
      backfillDays: options.backfillDays ?? 1 / 24,
      ticks: RollupTicks.create({
        db: knex,
        store,
        prometheus: { get: () => connection },
        ownSources: new Map(),
        logger: mockServices.logger.mock(),
      }),
    });
    const tick = async (atMs: number) => {
      nowMs = atMs;
      await rollups.tick({ nowMs, signal: new AbortController().signal });
    };
    const minutes = async (one: SloSeries) => {
      const buckets = await rollups.buckets([one], {
        fromMs: NOW - 3 * 24 * 60 * MINUTE,
        toMs: NOW + 60 * MINUTE,
        width: 'minute',
      });
      return (buckets.get(one.id) ?? []).map(({ startMs, good, total }) => [
        (startMs - NOW) / MINUTE,
        good,
        total,
      ]);
    };
    const problem = async (one: SloSeries) =>
      (await rollups.reach([one])).get(one.id)?.problem;
    return { rollups, store, tick, minutes, problem };
  }

  it('tell hits among reads of a cache and of its prefixes, and minutes without a stampede', async () => {
    const { rollups, store, tick, minutes, problem } = setUp();
    const all = lakehouse('cache-hit-ratio');
    const users = lakehouse('cache-hit-ratio', { prefix: 'user:*' });
    const carts = lakehouse('cache-hit-ratio', { prefix: 'cart:' });
    const ours = lakehouse('cache-hit-ratio', { prefix: 'user' });
    const calm = lakehouse('stampede-free');
    const sample = (atMs: number, hits?: number) => ({
      type: 'CacheSampled' as const,
      sample: {
        connection: 'systems',
        sampledAt: iso(atMs),
        activity:
          hits === undefined
            ? undefined
            : {
                windowSeconds: 10,
                hits,
                misses: 10,
                evictedKeys: 0,
                expiredKeys: 0,
                commands: 0,
              },
      },
    });
    await store.record([
      sample(NOW - 5 * MINUTE, 90),
      sample(NOW - 5 * MINUTE + 10_000, 40),
      // It was restarted: there is no difference to tell.
      sample(NOW - 4 * MINUTE),
      sample(NOW + 1_000, 10),
      {
        type: 'CacheUseReported',
        connection: 'systems',
        instance: 'a',
        prefixes: ['user', 'user:', 'user:profile', 'users:', 'other:'].map(
          prefix => ({
            prefix,
            use: {
              at: iso(NOW - MINUTE),
              windowSeconds: 10,
              hits: 7,
              misses: 3,
              writes: 0,
              deletes: 0,
              duplicateMisses: 0,
            },
          }),
        ),
      },
      {
        type: 'StampedeObserved',
        stampede: {
          id: 's',
          connection: 'systems',
          evidence: 'expiry-spike',
          startedAt: iso(NOW - 4 * MINUTE + 5_000),
          endedAt: iso(NOW - 4 * MINUTE + 9_000),
          keys: [],
        },
      },
    ]);
    await rollups.setSeries([all, users, ours, carts, calm]);
    await tick(NOW + 2_000);
    expect(await minutes(all)).toEqual([
      [-5, 130, 150],
      [0, 10, 20],
    ]);
    expect(await minutes(users)).toEqual([[-1, 14, 20]]);
    // The prefix itself and what is beneath it, but none that only begins alike.
    expect(await minutes(ours)).toEqual([[-1, 21, 30]]);
    expect(await minutes(carts)).toEqual([]);
    expect(await problem(carts)).toBe('no application tells how it uses cart:');
    expect(await minutes(calm)).toEqual([
      [-5, 1, 1],
      [-4, 0, 1],
      [-1, 1, 1],
      [0, 1, 1],
    ]);
  });

  it('tell alerts that are well, and nothing while they are not observed', async () => {
    const { rollups, store, tick, minutes, problem } = setUp();
    const health = lakehouse('alert-health');
    const one = lakehouse('alert-health', { alert: 'Alert 2' });
    const none = lakehouse('alert-health', { alert: 'gone' });
    await store.record([
      {
        type: 'AlertsObserved',
        connection: 'systems',
        at: iso(NOW),
        alerts: [
          alert('1', 'healthy'),
          alert('2', 'fired'),
          alert('3', 'stuck'),
          alert('4', 'error', false),
          alert('5', 'not-evaluated'),
        ],
      },
    ]);
    await rollups.setSeries([health, one, none]);
    await tick(NOW);
    expect(await minutes(health)).toEqual([[0, 2, 4]]);
    expect(await minutes(one)).toEqual([[0, 0, 1]]);
    expect(await problem(none)).toBe('no active alert matches');
    await store.record([
      {
        type: 'GapOpened',
        gap: {
          connection: 'systems',
          subject: 'alerts',
          since: iso(NOW + MINUTE),
          code: 'timeout',
          reason: 'Superset is slow',
          remedy: 'wait',
        },
      },
    ]);
    await tick(NOW + MINUTE + 1_000);
    expect(await minutes(health)).toEqual([[0, 2, 4]]);
    expect(await problem(health)).toBe('Superset is slow');
  });

  it('tell charts without old data', async () => {
    const { rollups, store, tick, minutes } = setUp();
    const health = lakehouse('dashboard-health', { dashboard: 'Sales*' });
    const chart = (
      cache: 'cached' | 'not-cached' | 'unknown',
      outdated?: boolean,
    ) => ({ id: '1', name: 'a', cache, outdated });
    const dashboard = (
      title: string,
      charts: Array<ReturnType<typeof chart>>,
    ) => ({
      connection: 'systems',
      id: title,
      title,
      published: true,
      owners: [],
      observedAt: iso(NOW),
      charts,
      datasets: [],
    });
    await store.record([
      {
        type: 'DashboardsObserved',
        connection: 'systems',
        at: iso(NOW),
        dashboards: [
          dashboard('Sales of shop', [
            chart('cached', true),
            chart('cached', false),
            chart('cached'),
            chart('not-cached'),
            chart('unknown'),
          ]),
          dashboard('Staff', [chart('cached', true)]),
        ],
      },
    ]);
    await rollups.setSeries([health]);
    await tick(NOW);
    expect(await minutes(health)).toEqual([[0, 2, 3]]);
  });

  it('ask Prometheus for each minute that is over, and for the past as far as it reaches', async () => {
    const { rollups, tick, minutes } = setUp();
    const ratio = series({
      type: 'prometheus',
      connection: 'systems',
      query: { kind: 'ratio', good: 'good', total: 'total', counter: true },
    });
    const startedMs = NOW - 20 * MINUTE;
    answer = (expression, range) => {
      const all = metricResult(
        range,
        at => ((at - startedMs) / MINUTE) * (expression === 'good' ? 9 : 10),
      );
      return {
        ...all,
        series: all.series.map(one => ({
          ...one,
          points: one.points.filter(({ at }) => Date.parse(at) >= startedMs),
        })),
      };
    };
    await rollups.setSeries([ratio]);
    await tick(NOW + 30_000);
    await tick(NOW + MINUTE + 1_000);
    await tick(NOW + MINUTE + 30_000);
    const seen = await minutes(ratio);
    expect(seen).toHaveLength(21);
    expect(seen[0]).toEqual([-20, 9, 10]);
    expect(seen.at(-1)).toEqual([0, 9, 10]);
    expect((await rollups.reach([ratio])).get(ratio.id)).toEqual({
      countedFromMs: startedMs,
      backfilling: false,
      lastObservedMs: NOW,
      problem: undefined,
    });
    for (const [, { from, to, stepMs }] of asked) {
      expect(stepMs).toBe(MINUTE);
      expect(Date.parse(to) - Date.parse(from)).toBeLessThanOrEqual(
        8 * 60 * MINUTE,
      );
    }
  });

  it('keep what stands when Prometheus does not answer, and say why', async () => {
    const { rollups, tick, minutes, problem } = setUp();
    const up = series(
      {
        type: 'prometheus',
        connection: 'systems',
        query: { kind: 'threshold', value: 'avg(x{{.window}})' },
      },
      { op: 'lt', value: 5, unit: 'count' },
    );
    answer = (_, range) => metricResult(range, () => 4);
    await rollups.setSeries([up]);
    await tick(NOW + MINUTE);
    const before = await minutes(up);
    expect(before.at(-1)).toEqual([0, 1, 1]);
    expect(asked[0][0]).toBe('avg(x1m)');
    answer = () => {
      throw new Error('it is on fire');
    };
    await tick(NOW + 2 * MINUTE);
    expect(await minutes(up)).toEqual(before);
    expect(await problem(up)).toContain('it is on fire');
    answer = (_, range) => ({ ...metricResult(range, () => NaN) });
    await tick(NOW + 3 * MINUTE);
    expect(await problem(up)).toContain('no finite value');
  });
});
