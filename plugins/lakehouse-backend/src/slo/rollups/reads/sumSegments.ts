import type { Knex } from 'knex';
import { rawRows } from '../../../observations/shared/rawRows';
import type { DbNumber } from '../../../observations/storable';
import { isPostgres, jsonRows } from '../shared/jsonRows';
import { WIDTHS } from '../shared/widths';
import type { Segment } from './segmentsOf';

/** Sums of all buckets of a series in a segment. */
export interface SegmentSums {
  readonly good: number;
  readonly total: number;
  readonly observedMinutes: number;
  readonly slicesGood: number;
  readonly slicesTotal: number;
  readonly slicesRatio: number;
}

interface SumsRow {
  place: DbNumber;
  good: number | null;
  total: number | null;
  observed: DbNumber | null;
  slices_good: number | null;
  slices_total: number | null;
  slices_ratio: number | null;
}

/** Segments that one statement sums at most. */
const CHUNK = 5_000;

const COLUMNS = [
  ['place', 'integer'],
  ['series_id', 'text'],
  ['width', 'integer'],
  ['from_at', 'integer'],
  ['to_at', 'integer'],
] as const;

const SUMS =
  'sum(good) AS good, sum(total) AS total, sum(observed_minutes) AS observed, ' +
  'sum(slices_good) AS slices_good, sum(slices_total) AS slices_total, sum(slices_ratio) AS slices_ratio';

const IN_SEGMENT =
  'b.series_id = r.series_id AND b.width = r.width AND b.start_at >= r.from_at AND b.start_at < r.to_at';

const NOTHING: SegmentSums = {
  good: 0,
  total: 0,
  observedMinutes: 0,
  slicesGood: 0,
  slicesTotal: 0,
  slicesRatio: 0,
};

/** In the order asked for: each a range of the primary key, all in one statement. */
export async function sumSegments(
  db: Knex,
  asked: ReadonlyArray<{ readonly id: string } & Segment>,
): Promise<SegmentSums[]> {
  const sums: SegmentSums[] = asked.map(() => NOTHING);
  const source = jsonRows(db, COLUMNS);
  // Told in the order of the join: neither database may think of reading all buckets.
  const sql = isPostgres(db)
    ? `SELECT r.place, s.* FROM ${source} CROSS JOIN LATERAL (SELECT ${SUMS} FROM slo_buckets b WHERE ${IN_SEGMENT}) s`
    : `SELECT r.place, ${SUMS} FROM ${source} CROSS JOIN slo_buckets b ON ${IN_SEGMENT} GROUP BY r.place`;
  for (let at = 0; at < asked.length; at += CHUNK) {
    const rows = await rawRows<SumsRow>(db, sql, [
      JSON.stringify(
        asked.slice(at, at + CHUNK).map((segment, index) => ({
          place: at + index,
          series_id: segment.id,
          width: WIDTHS[segment.width],
          from_at: segment.fromMs,
          to_at: segment.toMs,
        })),
      ),
    ]);
    for (const row of rows) sums[Number(row.place)] = toSums(row);
  }
  return sums;
}

function toSums(row: SumsRow): SegmentSums {
  return {
    good: row.good ?? 0,
    total: row.total ?? 0,
    observedMinutes: Number(row.observed ?? 0),
    slicesGood: row.slices_good ?? 0,
    slicesTotal: row.slices_total ?? 0,
    slicesRatio: row.slices_ratio ?? 0,
  };
}
