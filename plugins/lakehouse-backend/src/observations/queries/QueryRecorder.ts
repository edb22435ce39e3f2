import type { QueryRecord } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type { LiveQueriesObserved } from '../Observation';
import { SqlDialect, sqlDialect } from '../dialect';
import { rawRows } from '../shared/rawRows';
import { epochMs, storableText } from '../storable';
import { ALIVE } from './queryFilter';
import { mergeQueryRows, QueryRow, toQueryRow } from './queryRow';
import { queryTablesInsertSql, queryUpsertSql } from './queryUpsert';
import type { QueryChanges, QueryWatcher } from './QueryWatcher';

/** Writes and deletes the queries that the store keeps. */
export class QueryRecorder {
  readonly #db: Knex;
  readonly #watcher: QueryWatcher;
  readonly #dialect: SqlDialect;
  readonly #upsert: string;
  readonly #insertTables: string;

  constructor(db: Knex, watcher: QueryWatcher) {
    this.#db = db;
    this.#watcher = watcher;
    this.#dialect = sqlDialect(db);
    this.#upsert = queryUpsertSql(this.#dialect);
    this.#insertTables = queryTablesInsertSql(this.#dialect);
  }

  async record(trx: Knex.Transaction, queries: readonly QueryRecord[]) {
    if (!queries.length) return;
    const rows = new Map<string, QueryRow>();
    for (const query of queries) {
      const row = toQueryRow(query);
      const key = JSON.stringify([row.connection, row.query_id]);
      const known = rows.get(key);
      rows.set(key, known ? mergeQueryRows(known, row) : row);
    }
    // In one order everywhere, so that two replicas can't wait for each other.
    const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
    const batch = sorted.map(([, row]) => row);
    const tables = queries.flatMap(tableLinks);
    const watched = await this.#beginWatched(trx, batch);
    const written = await this.#upsertRows(trx, batch, watched.size > 0);
    if (tables.length) {
      await trx.raw(this.#insertTables, [JSON.stringify(tables)]);
    }
    for (const [connection, changes] of watched) {
      await changes.done({
        rows: written.filter(row => row.connection === connection),
        tablesOf: tablesByQuery(tables, connection),
      });
    }
    await this.#recordWitnesses(trx, newestOfWitnesses(rows.values()));
  }

  /** By connection, in one order everywhere; those that nobody watches are left out. */
  async #beginWatched(
    trx: Knex.Transaction,
    rows: readonly QueryRow[],
  ): Promise<ReadonlyMap<string, QueryChanges>> {
    const ids = new Map<string, string[]>();
    for (const { connection, query_id: id } of rows) {
      const of = ids.get(connection);
      if (of) of.push(id);
      else ids.set(connection, [id]);
    }
    const watched = new Map<string, QueryChanges>();
    for (const [connection, of] of ids) {
      const changes = await this.#watcher.begin(trx, connection, of);
      if (changes) watched.set(connection, changes);
    }
    return watched;
  }

  /** @returns the rows as they stand then, where they are asked for */
  async #upsertRows(
    trx: Knex.Transaction,
    rows: readonly QueryRow[],
    returning: boolean,
  ): Promise<ReadonlyArray<{ readonly connection: string }>> {
    const bindings = [JSON.stringify(rows)];
    if (!returning) {
      await trx.raw(this.#upsert, bindings);
      return [];
    }
    const columns = this.#watcher.returning.join(', ');
    return rawRows(trx, `${this.#upsert} RETURNING ${columns}`, bindings);
  }

  async #recordWitnesses(
    trx: Knex.Transaction,
    witnesses: ReadonlyArray<[string, string, number]>,
  ) {
    for (const [connection, witness, at] of witnesses.toSorted()) {
      await trx.raw(
        'INSERT INTO witnesses (connection, witness, observed_at) VALUES (?, ?, ?) ' +
          'ON CONFLICT (connection, witness) DO UPDATE SET observed_at = ' +
          `${this.#dialect.greatest(
            'witnesses.observed_at',
            'excluded.observed_at',
          )}`,
        [connection, witness, at],
      );
    }
  }

  /** Live rows that a poll did not see have ended unseen: they read as UNKNOWN. */
  async recordLive(trx: Knex.Transaction, live: LiveQueriesObserved) {
    const at = epochMs(live.at);
    if (at === undefined) return;
    await trx('queries')
      .where('connection', live.connection)
      .whereRaw(ALIVE)
      .where('alive_at', '<', at)
      .whereRaw(`query_id NOT IN (${this.#dialect.textsOfJson})`, [
        JSON.stringify(live.queryIds.map(storableText)),
      ])
      .update({ vanished_at: at });
    await this.#recordWitnesses(trx, [[live.connection, 'poll', at]]);
  }

  /** Deletes at most `limit` queries that were created before and do not live. */
  async prune(before: number, limit: number): Promise<number> {
    const connections: string[] = await this.#db('witnesses')
      .distinct()
      .pluck('connection');
    let deleted = 0;
    for (const connection of connections) {
      deleted += await this.#pruneOf(connection, before, limit - deleted);
      if (deleted >= limit) break;
    }
    return deleted;
  }

  async #pruneOf(connection: string, before: number, limit: number) {
    return this.#db.transaction(async trx => {
      await this.#watcher.pruning(trx, connection, before);
      const ids: string[] = await trx('queries')
        .where('connection', connection)
        .where('created_at', '<', before)
        .whereRaw(`NOT ${ALIVE}`)
        .limit(limit)
        .pluck('query_id');
      for (const table of ids.length ? ['query_tables', 'queries'] : []) {
        await trx(table)
          .where('connection', connection)
          .whereRaw(`query_id IN (${this.#dialect.textsOfJson})`, [
            JSON.stringify(ids),
          ])
          .delete();
      }
      return ids.length;
    });
  }
}

function tableLinks({
  connection,
  queryId,
  tablesRead,
  tablesWritten,
}: QueryRecord) {
  const link = (name: string, written: 0 | 1) => ({
    connection: storableText(connection),
    query_id: storableText(queryId),
    table_name: storableText(name),
    written,
  });
  return [
    ...tablesRead.map(name => link(name, 0)),
    ...tablesWritten.map(name => link(name, 1)),
  ];
}

function tablesByQuery(
  links: ReadonlyArray<ReturnType<typeof tableLinks>[number]>,
  connection: string,
): (queryId: string) => readonly string[] {
  const tables = new Map<string, string[]>();
  for (const link of links) {
    if (link.connection !== connection) continue;
    const of = tables.get(link.query_id);
    if (of) of.push(link.table_name);
    else tables.set(link.query_id, [link.table_name]);
  }
  return queryId => tables.get(queryId) ?? [];
}

function newestOfWitnesses(rows: Iterable<QueryRow>) {
  const newest = new Map<string, [string, string, number]>();
  for (const { connection, listener_at, poll_at } of rows) {
    for (const [witness, at] of [
      ['listener', listener_at],
      ['poll', poll_at],
    ] as const) {
      const key = `${witness}:${connection}`;
      const [, , last] = newest.get(key) ?? ['', '', 0];
      if (at !== undefined && at > last) {
        newest.set(key, [connection, witness, at]);
      }
    }
  }
  return [...newest.values()];
}
