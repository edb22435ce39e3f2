import type { LatencyBin } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { rawRows } from '../../../observations/shared/rawRows';
import type { DbNumber } from '../../../observations/storable';
import { isPostgres, jsonRows } from '../shared/jsonRows';
import { DAY_MS, floorTo } from '../shared/widths';
import type { MsRange, SloSeries } from '../SloRollups';

/** What rounding leaves of counts taken away again, at most. */
const NOTHING = 1e-9;
/** Sketches that one statement reads: of most series a few hundred bins each. */
const CHUNK = 50;

const COLUMNS = [
  ['place', 'integer'],
  ['series_id', 'text'],
  ['from_at', 'integer'],
  ['to_at', 'integer'],
] as const;

const IN_RANGE =
  'b.series_id = r.series_id AND b.day_at >= r.from_at AND b.day_at < r.to_at';

interface BinRow {
  place: DbNumber;
  bin: number;
  counted: number;
}

/** In the order asked for; each summed over all days (UTC) that its range touches, by rising bin. */
export async function readLatencyBins(
  db: Knex,
  requests: ReadonlyArray<{ series: SloSeries } & MsRange>,
): Promise<LatencyBin[][]> {
  const bins = requests.map((): LatencyBin[] => []);
  const source = jsonRows(db, COLUMNS);
  // Told in the order of the join: neither database may think of reading all bins.
  const sql = isPostgres(db)
    ? `SELECT r.place, s.bin, s.counted FROM ${source} CROSS JOIN LATERAL (SELECT b.bin, sum(b.count) AS counted FROM slo_latency_bins b WHERE ${IN_RANGE} GROUP BY b.bin) s ORDER BY s.bin`
    : `SELECT r.place, b.bin, sum(b.count) AS counted FROM ${source} CROSS JOIN slo_latency_bins b ON ${IN_RANGE} GROUP BY r.place, b.bin ORDER BY b.bin`;
  for (let start = 0; start < requests.length; start += CHUNK) {
    const rows = await rawRows<BinRow>(db, sql, [
      JSON.stringify(
        requests.slice(start, start + CHUNK).map((request, index) => ({
          place: start + index,
          series_id: request.series.id,
          from_at: floorTo(request.fromMs, DAY_MS),
          to_at: request.toMs,
        })),
      ),
    ]);
    for (const { place, bin, counted } of rows) {
      if (counted > NOTHING) bins[Number(place)].push({ bin, count: counted });
    }
  }
  return bins;
}
