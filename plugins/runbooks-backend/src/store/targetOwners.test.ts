import { TestDatabases } from '@backstage/backend-test-utils';
import { runbookText, startRig, TWO_STEPS } from '../__testUtils__/runbookRig';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('owners of targets on %s', id => {
  it('are found whole, whatever stands in their names', async () => {
    const knex = await databases.init(id);
    const { preview, start, ended, realStore } = await startRig({
      knex,
      texts: [runbookText(TWO_STEPS)],
    });
    const run = await ended((await start(await preview())).id);
    const seen = async (query: object) =>
      (await realStore.listRuns({}, query)).total;
    expect(await seen({ owners: ['group:default/a_b'] })).toBe(0);
    await knex('runbook_runs').where({ id: run.id }).update({
      target_owners: '|group:default/a_b|user:default/c%d|',
      target_environment: 'staging',
    });
    expect(await seen({ owners: ['group:default/a_b'] })).toBe(1);
    expect(await seen({ owners: ['x', 'user:default/c%d'] })).toBe(1);
    for (const owner of ['group:default/axb', 'a_b', '%', '_', '']) {
      expect(await seen({ owners: [owner] })).toBe(0);
    }
    expect(await seen({ owners: [] })).toBe(0);
    expect(await seen({ environments: ['staging'] })).toBe(1);
    expect(await seen({ environments: ['live'] })).toBe(0);
  });
});
