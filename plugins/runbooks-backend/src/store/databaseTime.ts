import type { Knex } from 'knex';

/**
 * The database's own time, so many milliseconds from now, as ISO 8601 in UTC.
 * All processes see the same one, however wrong their clocks are.
 */
export function databaseTime(db: Knex, offsetMs = 0): Knex.Raw {
  if (db.client.config.client === 'pg') {
    return db.raw(
      `to_char((clock_timestamp() + ? * interval '1 millisecond') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
      [offsetMs],
    );
  }
  return db.raw(`strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?)`, [
    `${offsetMs / 1000} seconds`,
  ]);
}
