import { TestDatabases } from '@backstage/backend-test-utils';
import {
  olivia,
  owen,
  runbookText,
  startRig,
  TWO_STEPS,
} from '../__testUtils__/runbookRig';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('pauses on %s', id => {
  async function setup() {
    const knex = await databases.init(id);
    return startRig({
      knex,
      texts: [
        runbookText(TWO_STEPS),
        runbookText(TWO_STEPS, 'other'),
        runbookText(
          `${TWO_STEPS}
    - id: ok
      title: Agree
      approval: {question: Go on?, groups: [], count: 1, expires: 30m}
    - id: second
      title: Second
      action: fake:change-thing
      input: {name: z}`,
          'long',
        ),
      ],
    });
  }

  it('refuse starts, naming who and why, until they end', async () => {
    const { preview, start, pauses, ended, audit } = await setup();
    const before = await preview();
    const pause = await pauses.pause({
      scope: 'all',
      reason: 'Migration tonight.',
      credentials: owen,
    });
    const said = `All runs are paused by user:default/owen since ${pause.at}: Migration tonight.`;
    expect((await preview()).execute).toMatchObject({
      allowed: false,
      reason: said,
    });
    await expect(start(before)).rejects.toMatchObject({
      name: 'ConflictError',
      message: `Nothing was started. ${said} Wait until the pause is ended.`,
    });
    expect(await pauses.list()).toEqual([pause]);
    expect(await pauses.end('all', owen)).toBe(true);
    expect(await pauses.end('all', owen)).toBe(false);
    expect((await ended((await start(before)).id)).state).toBe('succeeded');
    expect(await audit()).toEqual(
      expect.arrayContaining(['paused', 'pause-ended']),
    );
  });

  it('can be of one runbook', async () => {
    const { preview, start, pauses } = await setup();
    await pauses.pause({
      scope: { runbookId: 'tidy' },
      reason: 'It is broken.',
      credentials: owen,
    });
    await expect(start(await preview())).rejects.toThrow(
      'tidy is paused by user:default/owen',
    );
    await expect(
      start(await preview({ name: 'a' }, 'other')),
    ).resolves.toBeDefined();
  });

  it('need a reason', async () => {
    const { pauses } = await setup();
    await expect(
      pauses.pause({ scope: 'all', reason: ' ', credentials: owen }),
    ).rejects.toThrow(/^reason: say why/);
  });

  it('stop runs at their next step, and let them go on', async () => {
    const { preview, start, pauses, until, say, ended, world } = await setup();
    const run = await start(await preview({ name: 'a' }, 'long'));
    const asked = await until(
      run.id,
      ({ waitingFor }) => waitingFor?.kind === 'approval',
    );
    await pauses.pause({ scope: 'all', reason: 'Stop.', credentials: olivia });
    await say(asked, 'approved', owen);
    await until(run.id, ({ waitingFor }) => waitingFor?.kind === 'pause');
    expect(world.executions).toBe(1);
    await pauses.end('all', olivia);
    expect((await ended(run.id)).state).toBe('succeeded');
    expect(world.executions).toBe(2);
  });
});
