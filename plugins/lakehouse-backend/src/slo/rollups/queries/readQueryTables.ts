import type { Knex } from 'knex';
import { sqlDialect } from '../../../observations/dialect';

/** Tables that queries read or wrote, each once, by query. */
export async function readQueryTables(
  db: Knex,
  connection: string,
  queryIds: readonly string[],
): Promise<Map<string, string[]>> {
  const tables = new Map<string, string[]>();
  if (!queryIds.length) return tables;
  const rows: Array<{ query_id: string; table_name: string }> = await db(
    'query_tables',
  )
    .where('connection', connection)
    .whereRaw(`query_id IN (${sqlDialect(db).textsOfJson})`, [
      JSON.stringify(queryIds),
    ])
    .distinct('query_id', 'table_name')
    .orderBy('table_name');
  for (const { query_id: id, table_name: name } of rows) {
    const of = tables.get(id);
    if (of) of.push(name);
    else tables.set(id, [name]);
  }
  return tables;
}
