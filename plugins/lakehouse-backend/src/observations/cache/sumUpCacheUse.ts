import type { Knex } from 'knex';
import { DbNumber } from '../storable';
import { CACHE_COUNTS, CACHE_FILLS, CACHE_SLOT_MS } from './cacheUseColumns';

/** What is summed into one row a prefix. */
const BLOCK_MS = 5 * 60_000;
const SUMS = [...CACHE_COUNTS, ...CACHE_FILLS];

/**
 * Sums what instances told before into one row for five minutes of a prefix
 * and length of window, block by block, the oldest first, until about `limit`
 * rows are summed. Returns how many were.
 */
export async function sumUpCacheUse(
  db: Knex,
  options: { before: number; limit: number },
): Promise<number> {
  let summed = 0;
  while (summed < options.limit) {
    const [{ oldest }]: Array<{ oldest: DbNumber | null }> = await db(
      'cache_use',
    )
      .where('instance', '<>', '')
      .where('ended_at', '<', options.before)
      .min({ oldest: 'ended_at' });
    if (oldest === null) break;
    const from = Math.floor(Number(oldest) / BLOCK_MS) * BLOCK_MS;
    // A block that is not over yet is left whole.
    if (from + BLOCK_MS > options.before) break;
    summed += await sumUpBlock(db, from);
  }
  return summed;
}

/** What comes late to a block that is summed already is added to it. */
async function sumUpBlock(db: Knex, from: number): Promise<number> {
  const slots = `count(distinct ended_at / ${CACHE_SLOT_MS}) * window_seconds`;
  const columns: Array<[name: string, sum: string, added: string]> = [
    ['connection', 'connection', ''],
    ['prefix', 'prefix', ''],
    ['window_seconds', 'window_seconds', ''],
    ['instance', `''`, ''],
    ['ended_at', String(from + BLOCK_MS - 1), ''],
    [
      'instances',
      'count(distinct instance)',
      'CASE WHEN excluded.instances > cache_use.instances THEN excluded.instances ELSE cache_use.instances END',
    ],
    [
      'covered_seconds',
      // Longer windows of several instances overlap.
      `CASE WHEN ${slots} > ${BLOCK_MS / 1_000} AND window_seconds <= ${
        BLOCK_MS / 1_000
      } THEN ${BLOCK_MS / 1_000} ELSE ${slots} END`,
      'CASE WHEN excluded.covered_seconds > cache_use.covered_seconds THEN excluded.covered_seconds ELSE cache_use.covered_seconds END',
    ],
    ...SUMS.map((name): [string, string, string] => [
      name,
      `sum(${name})`,
      `cache_use.${name} + excluded.${name}`,
    ]),
  ];
  return db.transaction(async trx => {
    await trx.raw(
      `INSERT INTO cache_use (${columns.map(([name]) => name).join(', ')}) ` +
        `SELECT ${columns.map(([, sum]) => sum).join(', ')} FROM cache_use ` +
        `WHERE instance <> '' AND ended_at >= ? AND ended_at < ? ` +
        `GROUP BY connection, prefix, window_seconds ` +
        `ON CONFLICT (connection, ended_at, prefix, instance, window_seconds) DO UPDATE SET ${columns
          .flatMap(([name, , added]) => (added ? [`${name} = ${added}`] : []))
          .join(', ')}`,
      [from, from + BLOCK_MS],
    );
    const deleted: number = await trx('cache_use')
      .where('instance', '<>', '')
      .where('ended_at', '>=', from)
      .where('ended_at', '<', from + BLOCK_MS)
      .delete();
    return deleted;
  });
}
