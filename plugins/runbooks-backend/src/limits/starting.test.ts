import { TestDatabases } from '@backstage/backend-test-utils';
import {
  olivia,
  owen,
  runbookText,
  startRig,
  TWO_STEPS,
} from '../__testUtils__/runbookRig';
import { takeLocks } from '../store/locks';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('starting on %s', id => {
  async function setup(
    spec: string,
    config: Parameters<typeof startRig>[0]['config'] = {},
  ) {
    const knex = await databases.init(id);
    const rig = await startRig({
      knex,
      texts: [runbookText(`${spec}${TWO_STEPS}`)],
      config,
    });
    let letGo = () => {};
    const held = new Promise<void>(resolve => {
      letGo = resolve;
    });
    const hold = () => {
      rig.world.execute = async () => {
        await held;
        return { done: true };
      };
    };
    const run = async (name: string, credentials = olivia) =>
      rig.start(await rig.preview({ name }, 'tidy', credentials), credentials);
    return { ...rig, knex, run, hold, letGo: () => letGo() };
  }

  it('is refused beyond how many may go on at once', async () => {
    const { run, hold, letGo, ended } = await setup(
      '  limits: {maxConcurrent: 1}\n',
    );
    hold();
    const first = await run('a');
    await expect(run('b')).rejects.toMatchObject({
      name: 'ConflictError',
      message:
        'At most 1 run of tidy may go on at once, and 1 do. Nothing was started; it is possible again when one of them has ended.',
    });
    letGo();
    await ended(first.id);
    await expect(run('b')).resolves.toBeDefined();
  });

  it('is refused beyond how many may be started in an hour, and says until when', async () => {
    const { run, knex, ended } = await setup('  limits: {maxPerHour: 2}\n');
    const first = await run('a');
    await ended(first.id);
    await ended((await run('b')).id);
    const again = new Date(
      Date.parse(first.createdAt) + 3_600_000,
    ).toISOString();
    await expect(run('c')).rejects.toThrow(
      `At most 2 runs of tidy may be started within an hour. Nothing was started; it is possible again at ${again}.`,
    );
    await knex('runbook_runs')
      .where({ id: first.id })
      .update({
        created_at: new Date(Date.now() - 3_600_001).toISOString(),
      });
    await expect(run('c')).resolves.toBeDefined();
  });

  it('is refused beyond how many may be started on one target', async () => {
    const { run, ended } = await setup('  limits: {maxPerTargetPerHour: 1}\n');
    await ended((await run('a')).id);
    await expect(run('a')).rejects.toThrow(
      'At most 1 run of tidy on place a of fake main may be started within an hour.',
    );
    await expect(run('b')).resolves.toBeDefined();
  });

  it('is held to the stricter of file and config, also of single actions', async () => {
    const limits = new Map([
      ['tidy', { maxPerHour: 1 }],
      ['fake:change-thing', { maxPerHour: 0 }],
    ]);
    const { run, ended, preview, start } = await setup(
      '  limits: {maxPerHour: 5}\n',
      { limits },
    );
    await ended((await run('a')).id);
    await expect(run('b')).rejects.toThrow('At most 1 run of tidy');
    await expect(
      start(await preview({ name: 'z' }, 'fake:change-thing')),
    ).rejects.toThrow('its limit in the config has to be raised first');
  });

  it('counts none past another when many start at once', async () => {
    const { preview, start, hold, letGo, knex, ended } = await setup(
      '  limits: {maxConcurrent: 3}\n',
    );
    hold();
    const previews = [];
    for (let index = 0; index < 12; index++) {
      previews.push(await preview({ name: `n${index}` }));
    }
    const results = await Promise.allSettled(previews.map(made => start(made)));
    const started = results.flatMap(result =>
      result.status === 'fulfilled' ? [result.value] : [],
    );
    expect(started).toHaveLength(3);
    await expect(knex('runbook_runs')).resolves.toHaveLength(3);
    letGo();
    for (const { id: runId } of started) await ended(runId);
    await expect(knex('runbook_locks')).resolves.toHaveLength(0);
  });

  it('is bounded and told when more start at once than may wait', async () => {
    const bound = 8;
    const { preview, start, hold, letGo, ended } = await setup('', {
      maxUnfinishedRuns: bound,
      maxConcurrentRuns: 2,
    });
    hold();
    const previews = [];
    for (let index = 0; index < 3 * bound; index++) {
      previews.push(await preview({ name: `n${index}` }));
    }
    const results = await Promise.allSettled(previews.map(made => start(made)));
    const refused = results.flatMap(result =>
      result.status === 'rejected' ? [result.reason] : [],
    );
    expect(refused).toHaveLength(2 * bound);
    for (const reason of refused) {
      expect(reason).toMatchObject({
        name: 'ServiceUnavailableError',
        message: `${bound} runs are waiting or running, as many as are allowed at once. Nothing was started; try again when some have ended.`,
      });
    }
    letGo();
    const started = results.flatMap(result =>
      result.status === 'fulfilled' ? [result.value.id] : [],
    );
    expect(started).toHaveLength(bound);
    for (const runId of started) {
      expect((await ended(runId)).state).toBe('succeeded');
    }
  });

  it('gives one run for one key, however often it is sent', async () => {
    const { preview, start, knex } = await setup('');
    const made = await preview();
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => start(made)),
    );
    expect(new Set(runs.map(run => run.id)).size).toBe(1);
    await expect(knex('runbook_runs')).resolves.toHaveLength(1);
  });

  it('is refused on what another run works on, naming it', async () => {
    const { run, hold, letGo } = await setup('');
    hold();
    const first = await run('a');
    await expect(run('a', owen)).rejects.toMatchObject({
      name: 'ConflictError',
      message: `user:default/olivia is already working on fake/main/place/a in run ${first.id}. Nothing was started; wait for that run to end or cancel it.`,
    });
    letGo();
  });

  it('queues where the file says so, first come first served', async () => {
    const { run, hold, letGo, ended, world, knex } = await setup(
      '  whenLocked: queue\n',
    );
    hold();
    const first = await run('a');
    const second = await run('a', owen);
    const third = await run('a');
    expect(second).toMatchObject({
      state: 'waiting',
      waitingFor: {
        kind: 'lock',
        key: 'fake/main/place/a',
        heldBy: 'user:default/olivia',
        heldByRunId: first.id,
      },
    });
    expect(third.waitingFor?.kind).toBe('lock');
    letGo();
    const ends = await Promise.all(
      [first, second, third].map(({ id: runId }) => ended(runId)),
    );
    expect(ends.map(end => end.error)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(world.executions).toBe(3);
    const order = ends.map(end => end.endedAt ?? '');
    expect([...order].sort()).toEqual(order);
    await expect(knex('runbook_locks')).resolves.toHaveLength(0);
  });

  it('does not do what was previewed before the run ahead in the queue changed it', async () => {
    const { run, hold, letGo, ended, world, preview, start } = await setup(
      '  whenLocked: queue\n',
    );
    hold();
    const first = await run('a');
    const second = await run('a', owen);
    expect(second.waitingFor?.kind).toBe('lock');
    world.version = 2;
    letGo();
    await ended(first.id);
    const end = await ended(second.id);
    expect(end).toMatchObject({
      state: 'failed',
      error: {
        message: `The target changed after the preview was made: version was 1 and is 2. This run waited behind run ${first.id}, which worked on the same target; what was previewed before that is not done any more.`,
        alreadyDone: 'Nothing.',
        nextStep:
          'Look at what that run has done. If there is something left to do, run this again: it begins with a new preview.',
      },
    });
    expect(world.executions).toBe(1);
    const again = await start(await preview({ name: 'a' }, 'tidy', owen), owen);
    expect((await ended(again.id)).state).toBe('succeeded');
  });

  it('lets nobody pass those who queue', async () => {
    const { run, hold, letGo, knex, realStore, queue, ended } = await setup(
      '  whenLocked: queue\n',
    );
    hold();
    const first = await run('a');
    const second = await run('a', owen);
    // As if the first one's process had freed its lock and died.
    await knex('runbook_locks').where({ run_id: first.id }).delete();
    const third = await run('a');
    expect(third.waitingFor).toMatchObject({
      kind: 'lock',
      heldByRunId: second.id,
    });
    await queue.wake();
    expect((await realStore.getRun(second.id))?.run.state).not.toBe('waiting');
    letGo();
    for (const { id: runId } of [first, second, third]) await ended(runId);
  });

  it('takes again what it has, whoever queues for it', async () => {
    const { run, hold, letGo, knex, ended } = await setup(
      '  whenLocked: queue\n',
    );
    hold();
    const first = await run('a');
    const second = await run('a', owen);
    const has: Array<{ key: string }> = await knex('runbook_locks')
      .where({ run_id: first.id })
      .select('key');
    const keys = has.map(({ key }) => key);
    expect(keys).not.toHaveLength(0);
    const take = (runId: string) =>
      knex.transaction(trx =>
        takeLocks(trx, { runId, holder: 'x', at: first.createdAt, keys }),
      );
    await expect(take(first.id)).resolves.toBeUndefined();
    await expect(take(second.id)).resolves.toMatchObject({
      heldByRunId: first.id,
    });
    letGo();
    for (const { id: runId } of [first, second]) await ended(runId);
  });

  it('asks those of the config where a runbook names nobody', async () => {
    const { run } = await setup('  approval: {count: 1, expires: 30m}\n', {
      actionApproval: {
        rule: {
          groups: ['group:default/owners'],
          count: 1,
          expiresAfterMs: 60_000,
        },
      },
    });
    expect((await run('a')).waitingFor).toMatchObject({
      kind: 'approval',
      groups: ['group:default/owners'],
    });
  });

  it('waits for approval once it has its lock', async () => {
    const { run, hold, letGo, ended, until, say } = await setup(
      '  whenLocked: queue\n  approval: {groups: [group:default/owners], count: 1, expires: 30m}\n',
    );
    hold();
    const first = await run('a');
    await say(first, 'approved', owen);
    const second = await run('a');
    expect(second.waitingFor?.kind).toBe('lock');
    expect(second.steps[0]).toMatchObject({ id: 'approval', state: 'pending' });
    letGo();
    await ended(first.id);
    const asked = await until(
      second.id,
      ({ waitingFor }) => waitingFor?.kind === 'approval',
    );
    expect(asked.steps[0]).toMatchObject({ id: 'approval', state: 'waiting' });
    await say(asked, 'approved', owen);
    expect((await ended(second.id)).state).toBe('succeeded');
  });

  it('is given up when the lock is not freed in time, or it is cancelled', async () => {
    const { run, hold, letGo, ended, knex, reconciler, canceller, world } =
      await setup('  whenLocked: queue\n');
    hold();
    const first = await run('a');
    const second = await run('a');
    const third = await run('a');
    const past = new Date(Date.now() - 1000).toISOString();
    await knex('runbook_runs')
      .where({ id: second.id })
      .update({
        wait_until: past,
        waiting_for: JSON.stringify({ ...second.waitingFor, until: past }),
      });
    await reconciler.reconcile();
    expect((await ended(second.id)).state).toBe('failed');
    await canceller.cancel(third.id, olivia);
    expect((await ended(third.id)).state).toBe('cancelled');
    letGo();
    expect((await ended(first.id)).state).toBe('succeeded');
    expect(world.executions).toBe(1);
  });
});
