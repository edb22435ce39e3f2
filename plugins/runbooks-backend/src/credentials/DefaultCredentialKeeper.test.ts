import { TestDatabases, mockServices } from '@backstage/backend-test-utils';
import { olivia, runbookText, startRig } from '../__testUtils__/runbookRig';
import { DefaultCredentialKeeper } from './DefaultCredentialKeeper';
import { TokenSeal } from './TokenSeal';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const SECRET = 'a secret of more than thirty-two characters';

describe('TokenSeal', () => {
  const seal = TokenSeal.fromSecret(SECRET);

  it('opens what it sealed, for the same run', () => {
    const text = seal.seal('run-1', 'token');
    expect(text).not.toContain('token');
    expect(seal.seal('run-1', 'token')).not.toBe(text);
    expect(seal.open('run-1', text)).toBe('token');
    expect(TokenSeal.fromSecret(SECRET).open('run-1', text)).toBe('token');
  });

  it('opens nothing that is of another run, under another key, or changed', () => {
    const text = seal.seal('run-1', 'token');
    expect(seal.open('run-2', text)).toBeUndefined();
    expect(
      TokenSeal.fromSecret(`${SECRET}!`).open('run-1', text),
    ).toBeUndefined();
    const parts = text.split('.');
    const changed = [...parts.slice(0, 3), `A${parts[3].slice(1)}x`].join('.');
    expect(seal.open('run-1', changed)).toBeUndefined();
    expect(seal.open('run-1', `${text}.x`)).toBeUndefined();
    expect(seal.open('run-1', 'v1.a.b.c')).toBeUndefined();
    expect(seal.open('run-1', '')).toBeUndefined();
  });

  it('refuses a key that is too short', () => {
    expect(() => TokenSeal.fromSecret('short')).toThrow(
      'runbooks.secretKey has 5 characters and needs 32 at least.',
    );
  });
});

describe.each(databases.eachSupportedId())('credentials on %s', id => {
  async function setup(secretKey?: string) {
    const knex = await databases.init(id);
    const rig = await startRig({
      knex,
      texts: [
        runbookText(`  steps:
    - id: tell
      title: Tell
      manual: Tell them.`),
      ],
    });
    const run = await rig.start(await rig.preview());
    await rig.until(run.id, ({ state }) => state === 'waiting');
    const keeper = () =>
      DefaultCredentialKeeper.create({
        database: { getClient: async () => knex },
        auth: mockServices.auth({ pluginId: 'runbooks' }),
        logger: mockServices.logger.mock(),
        secretKey,
      });
    const sealed = async () =>
      (await knex('runbook_runs').where({ id: run.id }).first()).sealed_token;
    await knex('runbook_runs')
      .where({ id: run.id })
      .update({ sealed_token: null });
    return { rig, run, keeper, sealed };
  }

  it('stay in memory without a key', async () => {
    const { run, keeper, sealed } = await setup();
    const first = await keeper();
    await first.keep(run.id, olivia);
    expect(await first.recall(run.id)).toEqual(olivia);
    expect(await sealed()).toBeNull();
    expect(await (await keeper()).recall(run.id)).toBeUndefined();
    await first.forget(run.id);
    expect(await first.recall(run.id)).toBeUndefined();
  });

  it('are sealed with one, for another process to go on as the person', async () => {
    const { run, keeper, sealed } = await setup(SECRET);
    const first = await keeper();
    await first.keep(run.id, olivia);
    expect(await sealed()).toMatch(/^v1\./);
    const recalled = await (await keeper()).recall(run.id);
    expect(recalled?.principal).toMatchObject({
      type: 'user',
      userEntityRef: 'user:default/olivia',
    });
    await first.forget(run.id);
    expect(await sealed()).toBeNull();
    expect(await (await keeper()).recall(run.id)).toBeUndefined();
  });

  it('are not handed out when they have expired', async () => {
    const { run, keeper } = await setup();
    const first = await keeper();
    await first.keep(run.id, {
      ...olivia,
      expiresAt: new Date(Date.now() + 1000),
    });
    expect(await first.recall(run.id)).toBeUndefined();
  });

  it('are gone when the run has ended', async () => {
    const { rig, run, keeper, sealed } = await setup(SECRET);
    await (await keeper()).keep(run.id, olivia);
    await rig.answers.answer({
      runId: run.id,
      stepId: 'tell',
      answer: { seen: 'yes' },
      credentials: olivia,
    });
    expect((await rig.ended(run.id)).state).toBe('succeeded');
    await rig.worker.idle();
    expect(await sealed()).toBeNull();
  });
});
