import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

jest.setTimeout(60_000);

const DIRECTORY = join(__dirname, '../../migrations');
const MIGRATIONS = readdirSync(DIRECTORY).sort();

async function tablesOf(knex: Knex): Promise<string[]> {
  const postgres = knex.client.config.client === 'pg';
  const rows: Array<{ name: string }> = postgres
    ? await knex('pg_tables')
        .where('schemaname', 'public')
        .select({ name: 'tablename' })
    : await knex('sqlite_master').where('type', 'table').select('name');
  return rows
    .map(({ name }) => name)
    .filter(name => !/^(knex|sqlite)_/.test(name))
    .sort();
}

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('migrations on %s', databaseId => {
  it('go up one by one, down again, and up once more', async () => {
    const knex = await databases.init(databaseId);
    const migrate = { directory: DIRECTORY };
    expect(await tablesOf(knex)).toEqual([]);
    for (const name of MIGRATIONS) {
      const before = await tablesOf(knex);
      await knex.migrate.up({ ...migrate, name });
      const after = await tablesOf(knex);
      await knex.migrate.down({ ...migrate, name });
      expect(await tablesOf(knex)).toEqual(before);
      await knex.migrate.up({ ...migrate, name });
      expect(await tablesOf(knex)).toEqual(after);
    }
    expect(await tablesOf(knex)).toEqual([
      'cache_use',
      'cluster_parts',
      'cluster_samples',
      'documents',
      'gaps',
      'occurrences',
      'queries',
      'query_tables',
      'samples',
      'slo_alerts',
      'slo_book',
      'slo_buckets',
      'slo_budget_steps',
      'slo_corrections',
      'slo_deliveries',
      'slo_files',
      'slo_latency_bins',
      'slo_marks',
      'slo_rounds',
      'slo_series',
      'slo_silences',
      'slo_spenders',
      'slo_states',
      'slo_versions',
      'slos',
      'sweeps',
      'table_history',
      'tables',
      'witnesses',
    ]);
  });
});
