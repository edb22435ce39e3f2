import type { Knex } from 'knex';
import { CONNECTION, THRESHOLD_MS } from './benchSlos';

/** What one statement over all rows tells of an application. */
export interface RawAnswer {
  readonly source: string;
  readonly succeeded: number;
  readonly counted: number;
  readonly fast: number;
  readonly finished: number;
}

/**
 * The same answer without rollups: good and total of success and latency, over
 * the window and the three lookbacks of alerts, and the latency quantiles, of an
 * entity's applications, in one statement over the rows.
 */
export async function rawReference(
  db: Knex,
  options: { sources: readonly string[]; fromMs: number; toMs: number },
): Promise<RawAnswer[]> {
  const { sources, fromMs, toMs } = options;
  const lookbacks = [1, 6, 72].map(hours => toMs - hours * 3_600_000);
  const { rows } = await db.raw(
    `SELECT source,
       count(*) FILTER (WHERE state_rank = 20) AS succeeded,
       count(*) FILTER (WHERE state_rank = 20 OR error_type <> 'USER_ERROR') AS counted,
       count(*) FILTER (WHERE state_rank = 20 AND wall_ms <= ${THRESHOLD_MS}) AS fast,
       count(*) FILTER (WHERE state_rank = 20) AS finished,
       ${lookbacks
         .map(
           (since, index) =>
             `count(*) FILTER (WHERE ended_at >= ${since} AND state_rank = 20) AS good_${index},
              count(*) FILTER (WHERE ended_at >= ${since}) AS total_${index}`,
         )
         .join(', ')},
       percentile_disc(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY wall_ms)
         FILTER (WHERE state_rank = 20) AS quantiles
     FROM queries
     WHERE connection = ? AND ended_at >= ? AND ended_at < ? AND source = ANY(?)
     GROUP BY source`,
    [CONNECTION, fromMs, toMs, [...sources]],
  );
  return rows.map((row: Record<string, string>) => ({
    source: row.source,
    succeeded: Number(row.succeeded),
    counted: Number(row.counted),
    fast: Number(row.fast),
    finished: Number(row.finished),
  }));
}
