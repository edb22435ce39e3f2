import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { isPostgres } from './jsonRows';

/** First key of our advisory locks, so that they meet no others of the database. */
const LOCKS = 0x510;

/**
 * Waits until no other transaction counts for the connection, and keeps others
 * out until this one ends. SQLite has one writer at a time anyway.
 *
 * Its own statement: the next one sees all that those before had committed.
 */
export async function lockConnection(
  trx: Knex.Transaction,
  connection: string,
): Promise<void> {
  if (!isPostgres(trx)) return;
  const key = createHash('sha256').update(connection).digest().readInt32BE(0);
  await trx.raw('SELECT pg_advisory_xact_lock(?, ?)', [LOCKS, key]);
}
