import type { Knex } from 'knex';
import type { CountedSeries } from '../series/CountedSeries';
import { FAR_MS } from '../series/CountedSeries';
import { addContribution } from '../queries/addContribution';
import { FACT_COLUMNS, factsOf, parseFactRow } from '../queries/QueryFacts';
import { readQueryTables } from '../queries/readQueryTables';
import { SeriesIndex } from '../queries/SeriesIndex';
import { RollupDelta } from '../shared/RollupDelta';
import type { MsRange } from '../SloRollups';

/** Rows whose tables are read at once. */
const PAGE = 5_000;

/** Counts the queries of the log that ended in a time, for all series in one pass. */
export async function countQueries(
  trx: Knex.Transaction,
  options: {
    connection: string;
    series: readonly CountedSeries[];
    ownSource?: string;
    range: MsRange;
  },
): Promise<RollupDelta> {
  const { connection, series, ownSource, range } = options;
  const delta = new RollupDelta();
  const index = new SeriesIndex(series, ownSource);
  let after = { endedAt: range.fromMs, id: '' };
  while (index.size) {
    const { endedAt, id } = after;
    const query = trx('queries')
      .where('connection', connection)
      .where('ended_at', '>=', endedAt)
      .where(q =>
        q.where('ended_at', '>', endedAt).orWhere('query_id', '>', id),
      )
      .orderBy(['ended_at', 'query_id'])
      .limit(PAGE)
      .select(...FACT_COLUMNS);
    if (range.toMs < FAR_MS) query.where('ended_at', '<', range.toMs);
    const stored: unknown[] = await query;
    const rows = stored.map(parseFactRow);
    const tables = await readQueryTables(
      trx,
      connection,
      rows.map(row => row.query_id),
    );
    for (const row of rows) {
      const facts = factsOf(row, tables.get(row.query_id) ?? []);
      if (!facts) continue;
      for (const { counted, contribute } of index.candidates(facts)) {
        const contribution = contribute(facts);
        if (!contribution) continue;
        addContribution(delta, {
          series: counted.series,
          contribution,
          facts,
          sign: 1,
        });
      }
    }
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) break;
    after = { endedAt: last.ended_at ?? 0, id: last.query_id };
  }
  return delta;
}
