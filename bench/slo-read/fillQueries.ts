import type { Knex } from 'knex';
import { APPS, CONNECTION, WINDOW_DAYS } from './benchSlos';

const DAY_MS = 86_400_000;
/** A day more than the window, so that its edge lies within the rows. */
const SPREAD_MS = (WINDOW_DAYS + 1) * DAY_MS;
const LISTENER_FINISHED = 20;
const LISTENER_FAILED = 21;

/**
 * Rows of `queries` as the event listener tells them: spread evenly over the
 * window, a few of a hundred failed, wall times from 100 ms to 10 s. Indexes are
 * made once all rows are there; that of the primary key, which nothing here
 * reads, is not.
 */
export async function fillQueries(
  db: Knex,
  options: { rows: number; nowMs: number },
): Promise<void> {
  const { rows, nowMs } = options;
  await db.raw('ALTER TABLE queries SET UNLOGGED');
  await db.raw('ALTER TABLE queries DROP CONSTRAINT queries_pkey');
  for (const column of ['created', 'ended', 'state']) {
    await db.raw(`DROP INDEX queries_${column}_idx`);
  }
  // The golden ratio spreads both the times and the wall times of an application.
  await db.raw(
    `INSERT INTO queries (connection, query_id, listener_mask, state_rank,
       listener_at, created_at, ended_at, wall_ms, user_name, source, error_type, error_name)
     SELECT '${CONNECTION}', 'q' || i, 0,
       CASE WHEN failed THEN ${LISTENER_FAILED} ELSE ${LISTENER_FINISHED} END,
       ended, ended - wall, ended, wall, 'user-' || (i % 97), 'app-' || (i % ${APPS}),
       CASE WHEN failed THEN CASE WHEN i % 3 = 0 THEN 'USER_ERROR' ELSE 'INTERNAL_ERROR' END END,
       CASE WHEN failed THEN 'SOME_ERROR' END
     FROM (
       SELECT i, ${nowMs} - ((i + 1)::float8 / ${rows} * ${SPREAD_MS})::bigint AS ended,
         (100 * exp(4.6 * (i * 0.6180339887498949::float8 - floor(i * 0.6180339887498949::float8))))::bigint AS wall,
         (i * 7919) % 100 < 2 AS failed
       FROM generate_series(0::bigint, ${rows} - 1) AS i
     ) AS made`,
  );
  await db.raw(
    'CREATE INDEX queries_ended_idx ON queries (connection, ended_at)',
  );
  await db.raw('VACUUM ANALYZE queries');
}
