import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { DatabaseObservationStore } from '../DatabaseObservationStore';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** What a test of a store works on. */
export interface StoreUnderTest {
  readonly knex: Knex;
  readonly store: DatabaseObservationStore;
}

/** Describes a store's behaviour on each database; each test begins with an empty one. */
export function onEachDatabase(
  name: string,
  tests: (current: () => StoreUnderTest) => void,
) {
  describe.each(databases.eachSupportedId())(`${name} on %s`, databaseId => {
    let current: StoreUnderTest;

    beforeAll(async () => {
      const knex = await databases.init(databaseId);
      const store = await DatabaseObservationStore.create({
        database: { getClient: async () => knex },
        ownSources: new Map([['analytics', 'backstage-lakehouse']]),
      });
      current = { knex, store };
    });

    beforeEach(async () => {
      for (const table of [
        'documents',
        'samples',
        'occurrences',
        'cache_use',
        'gaps',
        'queries',
      ]) {
        await current.knex(table).delete();
      }
    });

    tests(() => current);
  });
}

/** ISO time so many seconds after 10:00. */
export const at = (seconds: number) =>
  new Date(Date.UTC(2026, 10, 22, 10, 0, 0) + seconds * 1_000).toISOString();
