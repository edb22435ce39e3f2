import type { Knex } from 'knex';
import { sqlDialect } from '../../../observations/dialect';
import type {
  QueryChanges,
  QueryWatcher,
} from '../../../observations/queries/QueryWatcher';
import { Marks } from '../series/Marks';
import { SeriesTable } from '../series/SeriesTable';
import { lockConnection } from '../shared/lockOf';
import { RollupDelta } from '../shared/RollupDelta';
import { writeDelta } from '../shared/writeDelta';
import { addContribution } from './addContribution';
import {
  FACT_COLUMNS,
  factsOf,
  parseFactRow,
  type FactRow,
  type QueryFacts,
} from './QueryFacts';
import { readQueryTables } from './readQueryTables';
import { SeriesIndex } from './SeriesIndex';

interface KnownSeries {
  readonly revision: number;
  readonly index: SeriesIndex;
}

/**
 * Counts queries in the transaction that stores them: what a row counts for
 * after it, less what it counted for before. So replays add nothing, late
 * events fall into their own minute, and a row that changes its mind takes
 * back what it told.
 *
 * Exact with several replicas: one at a time writes a connection's queries,
 * and which series there are is read in the same transaction.
 */
export class QueryRollups implements QueryWatcher {
  readonly returning = FACT_COLUMNS;
  readonly #db: Knex;
  readonly #ownSources: ReadonlyMap<string, string>;
  readonly #known = new Map<string, KnownSeries>();

  constructor(db: Knex, ownSources: ReadonlyMap<string, string>) {
    this.#db = db;
    this.#ownSources = ownSources;
  }

  async begin(
    trx: Knex.Transaction,
    connection: string,
    queryIds: readonly string[],
  ): Promise<QueryChanges | undefined> {
    await lockConnection(trx, connection);
    const marks = await new Marks(trx).read(connection);
    if (!marks.series) return undefined;
    const index = await this.#indexOf(trx, connection, marks.series);
    if (!index.size) return undefined;

    const before = await this.#rows(trx, connection, queryIds);
    const tables = await readQueryTables(trx, connection, [...before.keys()]);
    return {
      done: async ({ rows, tablesOf }) => {
        const delta = new RollupDelta();
        for (const stored of rows) {
          const after = parseFactRow(stored);
          const known = before.get(after.query_id);
          const created = after.created_at ?? 0;
          // It may have been counted before its row was pruned.
          if (!known && created < (marks['queries-pruned'] ?? 0)) continue;
          const had = tables.get(after.query_id) ?? [];
          change(delta, index, {
            before: known && factsOf(known, had),
            after: factsOf(after, [
              ...new Set([...had, ...tablesOf(after.query_id)]),
            ]),
          });
        }
        await writeDelta(trx, delta, {
          minutesFromMs: marks['minutes-pruned'] ?? 0,
        });
      },
    };
  }

  async pruning(trx: Knex.Transaction, connection: string, beforeMs: number) {
    await lockConnection(trx, connection);
    await new Marks(trx).raise(connection, 'queries-pruned', beforeMs);
  }

  async #indexOf(
    trx: Knex.Transaction,
    connection: string,
    revision: number,
  ): Promise<SeriesIndex> {
    const known = this.#known.get(connection);
    if (known?.revision === revision) return known.index;
    const series = await new SeriesTable(trx).ofConnection(connection, [
      'query',
    ]);
    const index = new SeriesIndex(series, this.#ownSources.get(connection));
    this.#known.set(connection, { revision, index });
    return index;
  }

  async #rows(
    trx: Knex.Transaction,
    connection: string,
    queryIds: readonly string[],
  ): Promise<Map<string, FactRow>> {
    const rows: unknown[] = await trx('queries')
      .where('connection', connection)
      .whereRaw(`query_id IN (${sqlDialect(this.#db).textsOfJson})`, [
        JSON.stringify(queryIds),
      ])
      .select(...FACT_COLUMNS);
    return new Map(
      rows.map(row => {
        const parsed = parseFactRow(row);
        return [parsed.query_id, parsed];
      }),
    );
  }
}

function change(
  delta: RollupDelta,
  index: SeriesIndex,
  facts: { before?: QueryFacts; after?: QueryFacts },
) {
  const { before, after } = facts;
  if (before && after && JSON.stringify(before) === JSON.stringify(after)) {
    return;
  }
  for (const [of, sign] of [
    [before, -1],
    [after, 1],
  ] as const) {
    if (!of) continue;
    for (const { counted, contribute } of index.candidates(of)) {
      const contribution = contribute(of);
      if (!contribution) continue;
      // What was before is left to backfilling.
      if (contribution.minuteMs < counted.countedFromMs) continue;
      addContribution(delta, {
        series: counted.series,
        contribution,
        facts: of,
        sign,
      });
    }
  }
}
