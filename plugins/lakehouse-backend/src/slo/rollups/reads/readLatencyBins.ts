import type { Knex } from 'knex';
import { DAY_MS, floorTo } from '../shared/widths';
import type { MsRange, SloSeries } from '../SloRollups';

/** What rounding leaves of counts taken away again, at most. */
const NOTHING = 1e-9;

/** Summed over all days (UTC) that the range touches, by rising bin. */
export async function readLatencyBins(
  db: Knex,
  series: SloSeries,
  range: MsRange,
): Promise<Array<{ bin: number; count: number }>> {
  const rows: Array<{ bin: number; counted: number }> = await db(
    'slo_latency_bins',
  )
    .where('series_id', series.id)
    .where('day_at', '>=', floorTo(range.fromMs, DAY_MS))
    .where('day_at', '<', range.toMs)
    .groupBy('bin')
    .orderBy('bin')
    .select('bin')
    .sum({ counted: 'count' });
  return rows
    .map(({ bin, counted }) => ({ bin, count: counted }))
    .filter(({ count }) => count > NOTHING);
}
