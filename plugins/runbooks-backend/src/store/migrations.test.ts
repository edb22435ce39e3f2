import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const directory = resolvePackagePath(
  '@lakehouse-ops/plugin-runbooks-backend',
  'migrations',
);
const TABLES = [
  'runbook_previews',
  'runbook_runs',
  'runbook_run_events',
  'runbook_locks',
  'runbook_audit',
  'runbook_audit_head',
  'runbook_heard_alerts',
];

describe.each(databases.eachSupportedId())('migrations on %s', id => {
  it('go up, down to nothing, and up again', async () => {
    const knex = await databases.init(id);
    const present = () =>
      Promise.all(TABLES.map(table => knex.schema.hasTable(table)));
    for (const expected of [true, false, true]) {
      if (expected) await knex.migrate.latest({ directory });
      else await knex.migrate.rollback({ directory }, true);
      expect(await present()).toEqual(TABLES.map(() => expected));
    }
    await expect(knex('runbook_audit_head')).resolves.toHaveLength(1);
  });
});
