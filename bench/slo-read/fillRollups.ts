import type { Knex } from 'knex';
import { seriesOf } from '../../plugins/lakehouse-backend/src/slo/rollups/seriesOf';
import {
  benchSlos,
  CONNECTION,
  SLICE,
  THRESHOLD_MS,
  WINDOW_DAYS,
} from './benchSlos';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** As long as minutes are kept by default. */
const MINUTE_DAYS = 8;
/** Of the latency sketch: bins of 1 % error. */
const LN_GAMMA = Math.log1p(0.02 / 0.99);
const WIDTHS = [
  { width: 1, ms: MINUTE_MS },
  { width: 2, ms: HOUR_MS },
  { width: 3, ms: DAY_MS },
] as const;

/** What counts, and what is good, of each kind of promise. */
const KINDS = {
  success: {
    counts: `(state_rank = 20 OR error_type <> 'USER_ERROR')`,
    good: 'state_rank = 20',
  },
  latency: {
    counts: 'state_rank = 20',
    good: `wall_ms <= ${THRESHOLD_MS}`,
  },
} as const;

/** Counts as the plugin keeps them, made out of the rows by a few statements. */
export async function fillRollups(db: Knex, nowMs: number): Promise<void> {
  const beginMs =
    Math.ceil((nowMs - (WINDOW_DAYS + 1) * DAY_MS) / DAY_MS) * DAY_MS;
  const minutesMs =
    Math.floor((nowMs - MINUTE_DAYS * DAY_MS) / HOUR_MS) * HOUR_MS;
  await fillSeries(db, { beginMs, nowMs });
  await db('slo_marks').insert([
    { connection: '', name: 'minutes-pruned', value: minutesMs },
  ]);
  await db.raw('ALTER TABLE slo_buckets SET UNLOGGED');
  await db.raw(
    'CREATE TEMP TABLE bench_series (series_id text, app text, kind text, sliced boolean)',
  );
  const series = benchSlos().map(({ definition }) => ({
    series_id: seriesOf(definition, definition.objectives[0]).id,
    app: definition.service,
    kind: definition.name.split('-')[0],
    sliced: definition.method === 'Timeslices',
  }));
  await db.batchInsert('bench_series', series, 500);
  for (const { width, ms } of WIDTHS) {
    const fromMs = width === 1 ? minutesMs : beginMs;
    await db.raw(
      `CREATE TEMP TABLE counted AS
       SELECT source, ended_at / ${ms} * ${ms} AS start_at, ${Object.entries(
        KINDS,
      )
        .map(
          ([kind, { counts, good }]) =>
            `count(*) FILTER (WHERE ${counts}) AS ${kind}_total, count(*) FILTER (WHERE ${counts} AND ${good}) AS ${kind}_good`,
        )
        .join(', ')}
       FROM queries WHERE connection = '${CONNECTION}' AND ended_at >= ${fromMs} GROUP BY 1, 2`,
    );
    for (const kind of Object.keys(KINDS)) {
      await db.raw(
        `INSERT INTO slo_buckets (series_id, width, start_at, good, total, observed_minutes)
         SELECT series_id, ${width}, start_at, ${kind}_good, ${kind}_total, 0
         FROM counted JOIN bench_series ON app = source AND kind = '${kind}'
         WHERE ${kind}_total > 0 ORDER BY 1, 2, 3`,
      );
    }
    await db.raw('DROP TABLE counted');
    await db.raw(
      `INSERT INTO slo_buckets (series_id, width, start_at, good, total, observed_minutes)
       SELECT 'queries:${CONNECTION}', ${width}, start_at, 0, 0,
         least(${ms / MINUTE_MS}, (${nowMs} - start_at) / ${MINUTE_MS})
       FROM generate_series(${fromMs}, ${nowMs} - ${MINUTE_MS}, ${ms}) AS start_at`,
    );
  }
  await fillSlices(db, beginMs);
  await fillSketches(db, beginMs);
  await db.raw('VACUUM ANALYZE slo_buckets');
  await db.raw('VACUUM ANALYZE slo_latency_bins');
}

async function fillSeries(
  db: Knex,
  { beginMs, nowMs }: { beginMs: number; nowMs: number },
) {
  const common = {
    connection: CONNECTION,
    counted_from_at: beginMs,
    observed_at: nowMs - MINUTE_MS,
  };
  await db.batchInsert(
    'slo_series',
    [
      ...benchSlos().map(({ definition }) => {
        const series = seriesOf(definition, definition.objectives[0]);
        return {
          ...common,
          series_id: series.id,
          kind: 'query',
          definition: JSON.stringify(series),
        };
      }),
      {
        ...common,
        series_id: `queries:${CONNECTION}`,
        kind: 'scope',
        definition: JSON.stringify({
          id: `queries:${CONNECTION}`,
          source: {
            type: 'lakehouse',
            indicator: 'query-success',
            connection: CONNECTION,
            filter: {},
          },
        }),
      },
    ],
    500,
  );
}

/** Slices of five minutes, summed by the hour and the day in which they begin. */
async function fillSlices(db: Knex, beginMs: number) {
  const apps = benchSlos()
    .filter(({ definition }) => definition.method === 'Timeslices')
    .map(({ definition }) => `'${definition.service}'`);
  await db.raw(
    `CREATE TEMP TABLE sliced AS
     SELECT source, ended_at / ${SLICE.durationMs} * ${
      SLICE.durationMs
    } AS start_at,
       count(*) FILTER (WHERE ${KINDS.latency.good})::float8 / count(*) AS ratio
     FROM queries
     WHERE connection = '${CONNECTION}' AND ended_at >= ${beginMs}
       AND ${KINDS.latency.counts} AND source IN (${apps.join(', ')})
     GROUP BY 1, 2`,
  );
  for (const { width, ms } of WIDTHS.slice(1)) {
    await db.raw(
      `UPDATE slo_buckets SET slices_good = good_slices, slices_total = slices, slices_ratio = ratios
       FROM (
         SELECT series_id AS id, start_at / ${ms} * ${ms} AS began, count(*) AS slices,
           count(*) FILTER (WHERE ratio >= ${SLICE.target}) AS good_slices, sum(ratio) AS ratios
         FROM sliced JOIN bench_series ON app = source AND bench_series.sliced
         GROUP BY 1, 2
       ) AS summed
       WHERE series_id = id AND width = ${width} AND start_at = began`,
    );
  }
  await db.raw('DROP TABLE sliced');
}

async function fillSketches(db: Knex, beginMs: number) {
  await db.raw('ALTER TABLE slo_latency_bins SET UNLOGGED');
  await db.raw(
    `INSERT INTO slo_latency_bins (series_id, day_at, bin, count)
     SELECT series_id, day_at, bin, count FROM (
       SELECT source, ended_at / ${DAY_MS} * ${DAY_MS} AS day_at,
         ceil(ln(wall_ms::float8) / ${LN_GAMMA})::int AS bin, count(*) AS count
       FROM queries
       WHERE connection = '${CONNECTION}' AND ended_at >= ${beginMs} AND ${KINDS.latency.counts}
       GROUP BY 1, 2, 3
     ) AS counted JOIN bench_series ON app = source AND kind = 'latency'`,
  );
}
