import { TestDatabases } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { alice, bob, quickConfig } from '../../__testUtils__/engineHarness';
import { DatabasePauses } from '../../pauses/DatabasePauses';
import { look, raise, setUpWalk } from '../../__testUtils__/setUpWalk';
import { runbook } from '../../__testUtils__/walkHarness';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

async function setup(
  file: string,
  options: Parameters<typeof setUpWalk>[0]['options'] = {},
) {
  const knex = await databases.init('SQLITE_3');
  const walk = await setUpWalk({ knex, files: [file], options });
  /** Lets all waiting be over. */
  const expire = async () => {
    const past = '2020-01-01T00:00:00.000Z';
    await knex('runbook_runs').update({ wait_until: past });
    const rows = await knex('runbook_run_steps');
    for (const { key, record } of rows) {
      const changed = JSON.parse(record, (field, value) =>
        field === 'until' ? past : value,
      );
      await knex('runbook_run_steps')
        .where({ key })
        .update({ record: JSON.stringify(changed) });
    }
  };
  return { ...walk, expire };
}

describe('a run that waits', () => {
  const asked: JsonObject[] = [
    raise('one'),
    {
      id: 'ok',
      approval: { question: 'Really ${{ parameters.name }}?', count: 2 },
    },
    raise('two', 'b'),
  ];

  it('holds its locks and no lease until enough people have agreed', async () => {
    const { engine, lake, knex } = await setup(runbook({ steps: asked }));
    const { id } = await engine.go();
    const waiting = await engine.waits(id);
    expect(waiting).toMatchObject({
      waitingFor: {
        kind: 'approval',
        stepId: 'ok',
        question: 'Really a?',
        needed: 2,
        previewHash: waiting.preview.hash,
      },
    });
    expect(waiting.steps.find(step => step.id === 'ok/approval')?.state).toBe(
      'waiting',
    );
    expect((await engine.store.getRun(id))?.leaseOwner).toBeUndefined();
    const locks = await knex('runbook_locks').where({ run_id: id });
    expect(locks.map(lock => lock.key)).toEqual(
      expect.arrayContaining(['lake/a', 'lake/b']),
    );
    await engine.say.approve(id);
    expect((await engine.waits(id)).state).toBe('waiting');
    await engine.say.approve(id, 'approved', {
      ...bob,
      principal: { ...bob.principal, userEntityRef: 'user:default/carol' },
    });
    const run = await engine.ended(id);
    expect(run.state).toBe('succeeded');
    expect(run.steps.find(step => step.id === 'ok/approval')).toMatchObject({
      state: 'succeeded',
      message: 'Approved by bob, carol.',
    });
    expect(lake.executions()).toEqual(['a', 'b']);
  });

  it('fails when somebody denies it, or nobody says anything in time', async () => {
    const { engine, lake, expire } = await setup(runbook({ steps: asked }));
    const denied = await engine.go();
    await engine.waits(denied.id);
    await engine.say.approve(denied.id, 'denied');
    expect(await engine.ended(denied.id)).toMatchObject({
      state: 'failed',
      error: {
        step: 'ok/approval',
        message: 'It was denied by bob: Not today.',
        alreadyDone: 'These steps took effect: Step one.',
      },
    });
    const lapsed = await engine.go();
    await engine.waits(lapsed.id);
    await engine.reconciler.reconcile();
    expect((await engine.store.getRun(lapsed.id))?.run.state).toBe('waiting');
    await expire();
    await engine.reconciler.reconcile();
    expect(await engine.ended(lapsed.id)).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('has lapsed') },
    });
    expect(lake.executions()).toEqual(['a', 'a']);
  });

  it('does nothing at all before the approval that it starts with', async () => {
    const { engine, lake } = await setup(
      runbook({
        risk: 'high',
        steps: [raise('one')],
        finally: [raise('tidy', 'tidy')],
      }),
    );
    const denied = await engine.go();
    expect((await engine.waits(denied.id)).steps[0]).toMatchObject({
      id: 'approval',
      state: 'waiting',
    });
    await engine.say.approve(denied.id, 'denied');
    const run = await engine.ended(denied.id);
    expect(run).toMatchObject({
      state: 'failed',
      error: { step: 'approval', alreadyDone: 'Nothing.' },
    });
    expect(lake.executions()).toEqual([]);
    const cancelled = await engine.go();
    await engine.waits(cancelled.id);
    await engine.canceller.cancel(cancelled.id, alice);
    expect(await engine.ended(cancelled.id)).toMatchObject({
      state: 'cancelled',
      error: { alreadyDone: 'Nothing.' },
    });
    expect(lake.executions()).toEqual([]);
    const agreed = await engine.go();
    await engine.waits(agreed.id);
    await engine.say.approve(agreed.id);
    expect((await engine.ended(agreed.id)).state).toBe('succeeded');
    expect(lake.executions()).toEqual(['a', 'tidy']);
  });

  it('asks again for what is risky and could not be shown before', async () => {
    const { engine, lake } = await setup(
      runbook({
        risk: 'high',
        steps: [
          look(),
          {
            id: 'burn',
            action: 'lake:burn',
            input: { name: '${{ steps.look.output.names[1] }}' },
          },
        ],
      }),
    );
    const { id } = await engine.go();
    await engine.waits(id);
    await engine.say.approve(id);
    const asks = await engine.until(
      id,
      run =>
        run.waitingFor?.kind === 'approval' && run.waitingFor.stepId === 'burn',
    );
    expect(asks.waitingFor).toMatchObject({
      preview: { summary: 'Raises b' },
      question: 'Step burn: Raise, thing b?',
    });
    expect(lake.executions()).toEqual([]);
    await engine.say.approve(id);
    expect((await engine.ended(id)).state).toBe('succeeded');
    expect(lake.executions()).toEqual(['b']);

    const second = await engine.go();
    await engine.waits(second.id);
    await engine.say.approve(second.id);
    await engine.until(
      second.id,
      run =>
        run.waitingFor?.kind === 'approval' && run.waitingFor.stepId === 'burn',
    );
    lake.versions.set('b', 9);
    await engine.say.approve(second.id);
    expect(await engine.ended(second.id)).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('version was 2 and is 9') },
    });
  });

  it('refuses what has become riskier than its runbook', async () => {
    const { engine, lake } = await setup(
      runbook({
        steps: [look(), raise('late', '${{ steps.look.output.names[1] }}')],
      }),
    );
    let reads = 0;
    lake.reading = async () => {
      // The first is the preview's.
      reads += 1;
      if (reads === 1) return;
      Object.assign(engine.registry.get('lake:raise'), { risk: 'high' });
    };
    expect(await engine.walk()).toMatchObject({
      state: 'failed',
      error: {
        step: 'late/check',
        message:
          'lake:raise is of high risk, and this runbook may do what is of medium risk at most.',
      },
    });
    expect(lake.executions()).toEqual([]);
  });

  it('refuses a target that somebody else works on by the time it is known', async () => {
    const { engine, lake } = await setup(
      runbook({
        steps: [look(), raise('late', '${{ steps.look.output.names[1] }}')],
      }),
    );
    let letGo = () => {};
    lake.reading = () => new Promise(resolve => (letGo = resolve));
    const { id } = await engine.go();
    await engine.until(id, run => run.state === 'running');
    const other = await engine.previews.make({
      runbookId: 'lake:put',
      parameters: { name: 'b' },
      credentials: bob,
    });
    lake.before = () => new Promise(() => {});
    const holder = await engine.start(other, 'other', bob);
    letGo();
    expect(await engine.ended(id)).toMatchObject({
      state: 'failed',
      error: {
        step: 'late/check',
        message: `bob is already working on lake/b in run ${holder.id}.`,
      },
    });
  });

  it('takes what a person answered on to the next steps', async () => {
    const { engine, lake, expire } = await setup(
      runbook({
        steps: [
          {
            id: 'ask',
            manual: 'Find a name for ${{ parameters.name }}.',
            answer: {
              type: 'object',
              properties: { found: { type: 'string' } },
            },
          },
          raise('two', '${{ steps.ask.output.found }}'),
        ],
      }),
    );
    const { id } = await engine.go();
    expect((await engine.waits(id)).waitingFor).toMatchObject({
      kind: 'answer',
      stepId: 'ask',
      instruction: 'Find a name for a.',
    });
    await engine.say.answer(id, 'ask', { found: 'x' });
    expect((await engine.ended(id)).state).toBe('succeeded');
    expect(lake.executions()).toEqual(['x']);
    const forgotten = await engine.go();
    await engine.waits(forgotten.id);
    await expire();
    await engine.reconciler.reconcile();
    expect(await engine.ended(forgotten.id)).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('Nobody answered until') },
    });
  });

  it('stops before the next step while it is paused', async () => {
    const { engine, lake, knex } = await setup(
      runbook({ steps: [raise('one'), raise('two', 'b')] }),
    );
    const pauses = await DatabasePauses.create({
      database: { getClient: async () => knex },
    });
    lake.before = async () => {
      await pauses.pause({ scope: 'all', by: 'user:default/bob', reason: 'r' });
    };
    const { id } = await engine.go();
    const run = await engine.waits(id);
    expect(run.waitingFor).toMatchObject({
      kind: 'pause',
      by: 'user:default/bob',
      reason: 'r',
    });
    expect(run.steps[2].state).toBe('succeeded');
    expect(lake.executions()).toEqual(['a']);
    lake.before = async () => {};
    await pauses.end('all', 'user:default/bob');
    engine.worker.wake();
    expect((await engine.ended(id)).state).toBe('succeeded');
    expect(lake.executions()).toEqual(['a', 'b']);
  });

  it('goes on when the pause ended in the moment before it waited', async () => {
    const pause = {
      scope: 'all' as const,
      by: 'user:default/bob',
      at: 'now',
      reason: 'r',
    };
    let times = 0;
    const { engine } = await setup(runbook({ steps: [raise('one')] }), {});
    jest
      .spyOn(engine.gatePauses, 'current')
      .mockImplementation(async () => (++times === 1 ? pause : undefined));
    expect((await engine.walk()).state).toBe('succeeded');
    expect(times).toBe(3);
  });

  it('waits for the person when it may act as nobody, and gives up in time', async () => {
    const nobody = {
      hold: async () => undefined,
      drop: () => {},
      keep: async () => {},
      recall: async () => undefined,
      forget: async () => {},
    };
    const { engine, lake, expire, start } = await setup(
      runbook({
        steps: [look(), raise('one')],
        finally: [raise('tidy', 'tidy')],
      }),
      { parts: { credentials: nobody } },
    );
    const { id } = await engine.go();
    const run = await engine.waits(id);
    expect(run.waitingFor).toMatchObject({ kind: 'person' });
    const { since = '', until = '' } =
      run.waitingFor?.kind === 'person' ? run.waitingFor : {};
    expect(Date.parse(until) - Date.parse(since)).toBe(
      quickConfig.personWaitMs,
    );
    expect(run.steps[0].state).toBe('succeeded');
    expect(lake.executions()).toEqual([]);
    await expire();
    await engine.reconciler.reconcile();
    const failed = await engine.ended(id);
    expect(failed).toMatchObject({
      state: 'failed',
      error: {
        message:
          'It may only act as alice, whose credentials are gone, and who did not let it go on in time.',
        alreadyDone: 'Nothing.',
      },
    });
    const third = await engine.go({ name: 'c' });
    await engine.waits(third.id);
    const later = await start({ parts: undefined });
    await later.credentialKeeper.keep(third.id, alice);
    await later.responses.goOn({
      runId: third.id,
      audit: { actor: 'a', event: 'continued', detail: {} },
    });
    later.worker.wake();
    expect((await later.ended(third.id)).state).toBe('succeeded');
    expect(lake.executions()).toEqual(['c', 'tidy']);
  });

  it('asks before each step whether the person still may', async () => {
    const { engine, lake } = await setup(
      runbook({ steps: [raise('one'), raise('two', 'b')] }),
    );
    const ask = engine.permissions.ask.bind(engine.permissions);
    lake.after = async () => {
      jest
        .spyOn(engine.permissions, 'ask')
        .mockImplementation(async (permission, resources, credentials) => {
          const answers = await ask(permission, resources, credentials);
          return answers.map(() => ({
            allowed: false as const,
            reason: 'No longer.',
          }));
        });
    };
    expect(await engine.walk()).toMatchObject({
      state: 'failed',
      error: {
        step: 'two/execute',
        message: 'No longer.',
        alreadyDone: 'These steps took effect: Step one.',
      },
    });
    expect(lake.executions()).toEqual(['a']);
  });
});
