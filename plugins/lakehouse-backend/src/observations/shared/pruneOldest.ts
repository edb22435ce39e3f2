import type { Knex } from 'knex';
import type { DbNumber } from '../storable';

/** Deletes about `limit` of the oldest rows before: all rows of the last time told are deleted together. */
export async function pruneOldest(
  db: Knex,
  options: { table: string; column: string; before: number; limit: number },
): Promise<number> {
  const { table, column, before, limit } = options;
  const old: DbNumber[] = await db(table)
    .where(column, '<', before)
    .orderBy(column)
    .limit(limit)
    .pluck(column);
  const last = old.at(-1);
  if (last === undefined) return 0;
  return db(table).where(column, '<=', last).delete();
}
