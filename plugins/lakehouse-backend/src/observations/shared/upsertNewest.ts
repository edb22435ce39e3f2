import type { Knex } from 'knex';
import { sqlDialect, type SqlType } from '../dialect';

type Cell = string | number | undefined;

/** A table in which, of two tellings of one thing, the newer one stands. */
export interface NewestTable {
  readonly name: string;
  readonly columns: ReadonlyArray<readonly [string, SqlType]>;
  readonly key: readonly string[];
  /** Columns without gaps of which the larger values, compared in this order, are the newer telling. */
  readonly newerBy: readonly string[];
}

/**
 * Stores rows in one statement, each unless a newer one stands. Being a
 * maximum, it gives the same for any order and any repetition.
 */
export async function upsertNewest(
  trx: Knex.Transaction,
  table: NewestTable,
  rows: ReadonlyArray<Readonly<Record<string, Cell>>>,
): Promise<void> {
  if (!rows.length) return;
  const { select, from } = sqlDialect(trx).rowsOfJson(table.columns);
  const names = table.columns.map(([name]) => name);
  const tuple = (of: string) =>
    `(${table.newerBy.map(column => `${of}.${column}`).join(', ')})`;
  // "WHERE true" keeps SQLite from reading ON CONFLICT as a join's ON.
  await trx.raw(
    `INSERT INTO ${table.name} (${names.join(', ')}) ` +
      `SELECT ${select} FROM ${from} WHERE true ` +
      `ON CONFLICT (${table.key.join(', ')}) DO UPDATE SET ${names
        .map(name => `${name} = excluded.${name}`)
        .join(', ')} WHERE ${tuple('excluded')} > ${tuple(table.name)}`,
    [JSON.stringify(newestOfEach(table, rows))],
  );
}

/** One row a key, which is all that PostgreSQL takes in a statement, in one order, so that two replicas can't wait for each other. */
function newestOfEach<R extends Readonly<Record<string, Cell>>>(
  { key, newerBy }: NewestTable,
  rows: readonly R[],
): R[] {
  const newest = new Map<string, R>();
  for (const row of rows) {
    const id = JSON.stringify(key.map(column => row[column]));
    const known = newest.get(id);
    if (!known || isNewer(row, known, newerBy)) newest.set(id, row);
  }
  return [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function isNewer(
  row: Readonly<Record<string, Cell>>,
  than: Readonly<Record<string, Cell>>,
  newerBy: readonly string[],
): boolean {
  for (const column of newerBy) {
    const order = compare(row[column], than[column]);
    if (order !== 0) return order > 0;
  }
  return false;
}

function compare(a: Cell, b: Cell): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  // By bytes, as both databases compare.
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}
