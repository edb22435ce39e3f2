import type { Knex } from 'knex';

/** Empties all that counts are made of, and the counts. */
export async function clearRollups(db: Knex): Promise<void> {
  for (const table of [
    'slo_series',
    'slo_buckets',
    'slo_spenders',
    'slo_latency_bins',
    'query_tables',
    'queries',
    'witnesses',
  ]) {
    await db(table).delete();
  }
  // Revisions only grow: a replica that lives on must not take an old one for new.
  await db('slo_marks').whereNot('name', 'series').delete();
  await db('slo_marks').increment('value', 1);
}
