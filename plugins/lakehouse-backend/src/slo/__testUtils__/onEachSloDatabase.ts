import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { join } from 'node:path';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const TABLES = [
  'slo_states',
  'slo_rounds',
  'slo_alerts',
  'slo_budget_steps',
  'slo_deliveries',
  'slo_silences',
  'slo_corrections',
];

/** Describes behaviour on each database; each test begins without SLOs' states, alerts and deliveries. */
export function onEachSloDatabase(
  name: string,
  tests: (knex: () => Knex) => void,
) {
  describe.each(databases.eachSupportedId())(`${name} on %s`, databaseId => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await knex.migrate.latest({
        directory: join(__dirname, '../../../migrations'),
      });
    });

    beforeEach(async () => {
      for (const table of TABLES) await knex(table).delete();
    });

    tests(() => knex);
  });
}
