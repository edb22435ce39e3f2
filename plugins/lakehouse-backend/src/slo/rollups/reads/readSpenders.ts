import type { SpenderDimension } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type { DbNumber } from '../../../observations/storable';
import { floorTo, HOUR_MS } from '../shared/widths';
import type { MsRange, SloSeries, SpenderBucket } from '../SloRollups';

/** Rows that are told at most, those that spent most. */
const ROWS_MAX = 50_000;
/** What rounding leaves of fractions taken away again, at most. */
const NOTHING = 1e-9;

interface SpenderRow {
  hour_at: DbNumber;
  dimension: SpenderDimension;
  value: string;
  bad: number;
}

/** Of all hours that the range touches, oldest first. */
export async function readSpenders(
  db: Knex,
  series: SloSeries,
  range: MsRange,
): Promise<SpenderBucket[]> {
  const rows: SpenderRow[] = await db('slo_spenders')
    .where('series_id', series.id)
    .where('hour_at', '>=', floorTo(range.fromMs, HOUR_MS))
    .where('hour_at', '<', range.toMs)
    .where('bad', '>', NOTHING)
    .orderBy('bad', 'desc')
    .limit(ROWS_MAX)
    .select('hour_at', 'dimension', 'value', 'bad');
  return rows
    .map(row => ({
      hourMs: Number(row.hour_at),
      dimension: row.dimension,
      value: row.value,
      bad: row.bad,
    }))
    .sort((a, b) => a.hourMs - b.hourMs);
}
