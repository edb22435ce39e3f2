import {
  formatTableName,
  formatTableRef,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { sqlDialect } from './dialect';
import { DbNumber, isoFromDb, storableText } from './storable';

const TABLES_MAX = 5_000;

/** When tables were last committed to, by `formatTableRef`; of at most 5,000. */
export async function readLastCommits(
  db: Knex,
  refs: readonly TableRef[],
): Promise<ReadonlyMap<string, string>> {
  const byConnection = new Map<string, Map<string, string>>();
  for (const ref of refs.slice(0, TABLES_MAX)) {
    const names = byConnection.get(ref.connection) ?? new Map();
    byConnection.set(ref.connection, names);
    names.set(storableText(formatTableName(ref)), formatTableRef(ref));
  }
  const commits = new Map<string, string>();
  for (const [connection, names] of byConnection) {
    const rows: Array<{ table_name: string; committed_at: DbNumber }> =
      await db('tables')
        .where('connection', connection)
        .whereNotNull('committed_at')
        .whereRaw(`table_name IN (${sqlDialect(db).textsOfJson})`, [
          JSON.stringify([...names.keys()]),
        ])
        .select('table_name', 'committed_at');
    for (const row of rows) {
      const ref = names.get(row.table_name);
      const at = isoFromDb(row.committed_at);
      if (ref && at) commits.set(ref, at);
    }
  }
  return commits;
}
