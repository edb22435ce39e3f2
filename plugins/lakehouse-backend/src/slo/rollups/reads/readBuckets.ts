import type { Knex } from 'knex';
import { rawRows } from '../../../observations/shared/rawRows';
import type { DbNumber } from '../../../observations/storable';
import { isPostgres, jsonRows } from '../shared/jsonRows';
import { WIDTHS, type Width } from '../shared/widths';
import type { MsRange } from '../SloRollups';

/** A bucket as it is kept. */
export interface StoredBucket {
  readonly id: string;
  readonly startMs: number;
  readonly good: number;
  readonly total: number;
  readonly observedMinutes: number;
  readonly slicesGood: number;
  readonly slicesTotal: number;
  readonly slicesRatio: number;
}

interface BucketRow {
  series_id: string;
  start_at: DbNumber;
  good: number;
  total: number;
  observed_minutes: DbNumber;
  slices_good: number;
  slices_total: number;
  slices_ratio: number;
}

const COLUMNS = [
  ['series_id', 'text'],
  ['width', 'integer'],
  ['from_at', 'integer'],
  ['to_at', 'integer'],
] as const;

const IN_RANGE =
  'b.series_id = r.series_id AND b.width = r.width AND b.start_at >= r.from_at AND b.start_at < r.to_at';

/** Buckets of several series, each in a range of its own, oldest first. */
export async function readBuckets(
  db: Knex,
  ranges: ReadonlyArray<{ id: string; width: Width } & MsRange>,
  options: { dirtyOnly?: boolean; limit?: number } = {},
): Promise<StoredBucket[]> {
  if (!ranges.length) return [];
  const where = options.dirtyOnly ? `${IN_RANGE} AND b.dirty = 1` : IN_RANGE;
  const source = jsonRows(db, COLUMNS);
  // OFFSET 0 keeps PostgreSQL from thinking of reading all buckets at once.
  const join = isPostgres(db)
    ? `${source} CROSS JOIN LATERAL (SELECT * FROM slo_buckets b WHERE ${where} OFFSET 0) b`
    : `${source} CROSS JOIN slo_buckets b ON ${where}`;
  const rows = await rawRows<BucketRow>(
    db,
    `SELECT b.series_id, b.start_at, b.good, b.total, b.observed_minutes, b.slices_good, b.slices_total, b.slices_ratio FROM ${join} ` +
      `ORDER BY b.start_at${options.limit ? ` LIMIT ${options.limit}` : ''}`,
    [
      JSON.stringify(
        ranges.map(({ id, width, fromMs, toMs }) => ({
          series_id: id,
          width: WIDTHS[width],
          from_at: fromMs,
          to_at: toMs,
        })),
      ),
    ],
  );
  return rows.map(row => ({
    id: row.series_id,
    startMs: Number(row.start_at),
    good: row.good,
    total: row.total,
    observedMinutes: Number(row.observed_minutes),
    slicesGood: row.slices_good,
    slicesTotal: row.slices_total,
    slicesRatio: row.slices_ratio,
  }));
}
