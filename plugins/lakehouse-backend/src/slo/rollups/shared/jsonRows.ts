import type { Knex } from 'knex';
import { sqlDialect, type SqlType } from '../../../observations/dialect';

/**
 * A derived table `r` of the objects of a JSON array that is bound as `?`, with
 * their fields as columns.
 */
export function jsonRows(
  db: Knex,
  columns: ReadonlyArray<readonly [string, SqlType]>,
): string {
  const { from } = sqlDialect(db).rowsOfJson(columns);
  const select = columns.map(([name]) =>
    isPostgres(db)
      ? `src.${name} AS ${name}`
      : `json_extract(src.value, '$.${name}') AS ${name}`,
  );
  return `(SELECT ${select.join(', ')} FROM ${from}) AS r`;
}

export function isPostgres(db: Knex): boolean {
  const client: unknown = db.client.config.client;
  return client === 'pg' || client === 'postgres' || client === 'postgresql';
}
