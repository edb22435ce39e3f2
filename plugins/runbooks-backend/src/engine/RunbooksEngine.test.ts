import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { verifyAuditChain } from '@lakehouse-ops/plugin-runbooks-node';
import { alice, bob, startEngine } from '../__testUtils__/engineHarness';
import { fakeAction, FakeWorld } from '../__testUtils__/fakeAction';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('RunbooksEngine on %s', id => {
  async function setup(
    options: Parameters<typeof fakeAction>[1] & {
      config?: Parameters<typeof startEngine>[0]['config'];
      permission?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
    } = {},
  ) {
    const { config, permission, ...action } = options;
    const knex = await databases.init(id);
    const world = new FakeWorld();
    const another = () =>
      startEngine({
        knex,
        actions: [fakeAction(world, action)],
        config,
        permission,
      });
    return { knex, world, another, engine: await another() };
  }

  it('previews, runs, verifies and audits', async () => {
    const { engine, world } = await setup();
    const preview = await engine.preview();
    expect(preview.content.summary).toBe('Changes a');
    expect(preview.execute).toEqual({ allowed: true });
    const run = await engine.ended((await engine.start(preview)).id);
    expect(run).toMatchObject({
      state: 'succeeded',
      startedBy: 'user:default/alice',
      output: { done: true },
      verification: { outcome: 'verified', summary: '1 → 2' },
    });
    expect(run.steps.map(step => step.state)).toEqual([
      'succeeded',
      'succeeded',
      'succeeded',
    ]);
    expect(world.executions).toBe(1);
    const audit = await engine.store.readAudit({ after: 0, limit: 100 });
    expect(audit.map(entry => entry.event)).toEqual([
      'preview-made',
      'run-started',
      'step-begun',
      'step-ended',
      'step-begun',
      'step-ended',
      'step-begun',
      'run-ended',
    ]);
    expect(verifyAuditChain(audit)).toEqual({ intact: true, entries: 8 });
    expect(engine.announced).toContain('succeeded');
  });

  it('names the field that is wrong', async () => {
    const { engine } = await setup();
    await expect(engine.preview({ name: '' })).rejects.toThrow(/name: /);
  });

  it('refuses without permission, and says which and whom to ask', async () => {
    const { engine } = await setup({ permission: AuthorizeResult.DENY });
    await expect(engine.preview()).rejects.toThrow(
      'You need runbooks.run.preview for fake:change-thing on thing a of fake main. Ask team-platform.',
    );
  });

  it('stops when the world is not as it was previewed', async () => {
    const { engine, world } = await setup();
    const preview = await engine.preview();
    world.version = 2;
    const run = await engine.ended((await engine.start(preview)).id);
    expect(run.state).toBe('failed');
    expect(run.error).toMatchObject({
      step: 'check',
      message:
        'The target changed after the preview was made: version was 1 and is 2.',
    });
    expect(world.executions).toBe(0);
  });

  it('tells an action that failed and did nothing', async () => {
    const { engine, world } = await setup();
    world.execute = async () => {
      throw new Error('No such thing');
    };
    world.truths = [{ state: 'not-done', reason: 'It is as it was.' }];
    const run = await engine.ended(
      (
        await engine.start(await engine.preview())
      ).id,
    );
    expect(run.state).toBe('failed');
    expect(run.error).toMatchObject({
      step: 'execute',
      message: 'No such thing',
      alreadyDone: 'It did not take effect: It is as it was.',
    });
    expect(run.steps.map(step => step.state)).toEqual([
      'succeeded',
      'failed',
      'skipped',
    ]);
  });

  it('goes on to verify when the answer was lost and the effect is there', async () => {
    const { engine, world } = await setup();
    world.execute = async () => {
      throw new Error('socket hang up');
    };
    world.truths = [{ state: 'done', output: { done: true } }];
    const run = await engine.ended(
      (
        await engine.start(await engine.preview())
      ).id,
    );
    expect(run.state).toBe('succeeded');
  });

  it('fails a run whose effect is not seen, and is inconclusive when it can not be read', async () => {
    const { engine, world } = await setup();
    world.verification = {
      outcome: 'not-verified',
      summary: 'Still 1',
      metrics: [],
    };
    const first = await engine.ended(
      (
        await engine.start(await engine.preview())
      ).id,
    );
    expect(first).toMatchObject({
      state: 'failed',
      error: { step: 'verify', alreadyDone: 'It was executed.' },
    });
    world.verification = new Error('gone away');
    const second = await engine.ended(
      (
        await engine.start(await engine.preview())
      ).id,
    );
    expect(second).toMatchObject({
      state: 'succeeded',
      verification: { outcome: 'inconclusive' },
    });
  });

  it('stops what takes too long and asks what is true', async () => {
    const { engine, world } = await setup({ timeoutMs: 50 });
    world.execute = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    world.truths = [
      { state: 'in-progress', reason: 'Still stopping.' },
      { state: 'not-done', reason: 'It was stopped.' },
    ];
    const run = await engine.ended(
      (
        await engine.start(await engine.preview())
      ).id,
    );
    expect(run.state).toBe('failed');
    expect(run.error?.message).toBe(
      'It took longer than the 0.05 s that it may take.',
    );
    expect(await engine.log(run.id)).toContain(
      'Still stopping.. Asking again.',
    );
  });

  it('tells what is done and what is not when it is cancelled half-way', async () => {
    const { engine, world } = await setup();
    world.execute = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    world.truths = [
      { state: 'partly-done', reason: '400 of 1,000 keys are gone.' },
    ];
    const { id: runId } = await engine.start(await engine.preview());
    await engine.until(runId, run => run.steps[1].state === 'running');
    await engine.canceller.cancel(runId, bob);
    const run = await engine.ended(runId);
    expect(run).toMatchObject({
      state: 'cancelled',
      error: {
        alreadyDone: 'It took effect in part: 400 of 1,000 keys are gone.',
        nextStep: 'Make a new preview to try again.',
      },
    });
  });

  it('cancels at once what has not begun, and truthfully what has', async () => {
    const { engine, world } = await setup();
    world.execute = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    world.truths = [{ state: 'not-done', reason: 'It was stopped.' }];
    const { id: runId } = await engine.start(await engine.preview());
    await engine.until(runId, run => run.steps[1].state === 'running');
    await engine.canceller.cancel(runId, bob);
    const run = await engine.ended(runId);
    expect(run).toMatchObject({
      state: 'cancelled',
      cancelRequestedBy: 'user:default/bob',
      error: {
        message: 'It was cancelled by user:default/bob.',
        alreadyDone: 'It did not take effect: It was stopped.',
      },
    });
    await expect(engine.canceller.cancel(runId, bob)).rejects.toThrow(
      /over already/,
    );
    const entries = await engine.store.getRunAudit(runId, 100);
    expect(entries.map(entry => entry.event)).toContain('cancel-asked');
  });

  it('goes on when a cancel came too late', async () => {
    const { engine, world } = await setup();
    world.execute = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    world.truths = [{ state: 'done', output: { done: true } }];
    const { id: runId } = await engine.start(await engine.preview());
    await engine.until(runId, run => run.steps[1].state === 'running');
    await engine.canceller.cancel(runId, alice);
    expect((await engine.ended(runId)).state).toBe('succeeded');
  });

  it('queues what is over the limit, and cancels it there', async () => {
    const { engine, world } = await setup({ config: { maxConcurrentRuns: 1 } });
    let letGo = () => {};
    world.execute = () =>
      new Promise(resolve => {
        letGo = () => resolve({ done: true });
      });
    const first = await engine.start(await engine.preview({ name: 'a' }));
    await engine.until(first.id, run => run.steps[1].state === 'running');
    const second = await engine.start(await engine.preview({ name: 'b' }));
    const third = await engine.start(await engine.preview({ name: 'c' }));
    await engine.canceller.cancel(second.id, alice);
    expect(await engine.ended(second.id)).toMatchObject({
      state: 'cancelled',
      error: { alreadyDone: 'Nothing.' },
    });
    expect((await engine.store.getRun(third.id))?.run.state).toBe('pending');
    letGo();
    await engine.ended(first.id);
    await engine.until(third.id, run => run.steps[1].state === 'running');
    letGo();
    expect((await engine.ended(third.id)).state).toBe('succeeded');
    expect(world.executions).toBe(2);
  });

  it('refuses more runs than may wait', async () => {
    const { engine, world } = await setup({ config: { maxUnfinishedRuns: 1 } });
    world.execute = () => new Promise(() => {});
    await engine.start(await engine.preview({ name: 'a' }));
    await expect(
      engine.start(await engine.preview({ name: 'b' })),
    ).rejects.toThrow(/1 runs are waiting or running/);
  });

  it('refuses a locked target and names the holder', async () => {
    const { engine, world } = await setup();
    world.execute = () => new Promise(() => {});
    const first = await engine.start(await engine.preview());
    const second = await engine.preview({ name: 'a' }, bob);
    await expect(engine.start(second, second.id, bob)).rejects.toThrow(
      `user:default/alice is already working on fake/main/thing/a in run ${first.id}.`,
    );
    expect((await engine.store.listRuns({})).total).toBe(1);
  });

  it('makes one run of a double click', async () => {
    const { engine, world } = await setup();
    const preview = await engine.preview();
    const runs = await Promise.all(
      Array.from({ length: 8 }, () => engine.start(preview, 'double-click')),
    );
    expect(new Set(runs.map(run => run.id)).size).toBe(1);
    await engine.ended(runs[0].id);
    expect(world.executions).toBe(1);
    const again = await engine.start(preview, 'double-click');
    expect(again.id).toBe(runs[0].id);
    await expect(engine.start(preview, 'another-key')).rejects.toThrow(
      /already used for run/,
    );
    await expect(
      engine.start(await engine.preview(), 'double-click'),
    ).rejects.toThrow(/from another preview/);
  });

  it('refuses previews that are unknown, expired, altered or of somebody else', async () => {
    const { engine } = await setup({ config: { previewTtlMs: 2000 } });
    const preview = await engine.preview();
    await expect(engine.start(preview, 'key-of-bob', bob)).rejects.toThrow(
      'You have no such preview.',
    );
    await expect(
      engine.start({ ...preview, hash: 'f'.repeat(64) }),
    ).rejects.toThrow(/What you were shown is not what this preview holds/);
    await expect(engine.start({ ...preview, id: 'none' })).rejects.toThrow(
      'You have no such preview.',
    );
    await new Promise(resolve => setTimeout(resolve, 2050));
    await expect(engine.start(preview)).rejects.toThrow(/expired at/);
  });

  it('starts nothing when the system can not do it', async () => {
    const { engine, world } = await setup();
    const preview = await engine.preview();
    world.preflight = { allowed: false, reason: 'The right is missing.' };
    await expect(engine.start(preview)).rejects.toThrow(
      'Nothing was started. The right is missing.',
    );
  });

  it('never stores a secret', async () => {
    const { engine, world, knex } = await setup();
    let typed: unknown;
    world.execute = async ({ input }) => {
      typed = input;
      return { done: true };
    };
    const preview = await engine.preview({ name: 'a', password: 'hunter2' });
    expect(preview.parameters).toEqual({ name: 'a', password: '<secret>' });
    const run = await engine.ended((await engine.start(preview)).id);
    expect(run.state).toBe('succeeded');
    expect(typed).toMatchObject({ password: 'hunter2' });
    for (const table of ['previews', 'runs', 'run_events', 'audit']) {
      expect(JSON.stringify(await knex(`runbook_${table}`))).not.toContain(
        'hunter2',
      );
    }
  });

  it('caps a log and says so', async () => {
    const { engine, world } = await setup({ config: { maxEventsPerRun: 20 } });
    world.execute = async ({ log }) => {
      for (let batch = 0; batch < 3; batch++) {
        for (let line = 0; line < 30; line++) log.info(`line ${line}`);
        await new Promise(resolve => setTimeout(resolve, 150));
      }
      return { done: true };
    };
    const run = await engine.ended(
      (
        await engine.start(await engine.preview())
      ).id,
    );
    const log = await engine.log(run.id);
    expect(log.length).toBeLessThan(45);
    expect(log).toContain(
      'The log ends here: a run keeps 20 lines. The run itself goes on.',
    );
    expect(log.at(-1)).toBe('succeeded: 1 → 2');
  });

  describe('when the process dies', () => {
    /** Kills the first engine while it executes, and lets a second one look. */
    async function dieInExecute(
      context: Awaited<ReturnType<typeof setup>>,
      remembered = { queryId: 'q1' },
    ) {
      const { engine, world, another } = context;
      world.execute = async ctx => {
        await ctx.remember(remembered);
        engine.kill();
        world.execute = async () => ({ done: true });
        return new Promise(() => {});
      };
      const run = await engine.start(await engine.preview());
      await engine.until(run.id, () => world.executions === 1);
      await new Promise(resolve => setTimeout(resolve, 350));
      const second = await another();
      await second.reconciler.reconcile();
      return { second, runId: run.id };
    }

    it('ends a run that took effect, without doing it again', async () => {
      const context = await setup();
      context.world.truths = [{ state: 'done', output: { done: true } }];
      const { second, runId } = await dieInExecute(context);
      const run = await second.ended(runId);
      expect(run).toMatchObject({ state: 'succeeded', output: { done: true } });
      expect(context.world.executions).toBe(1);
      expect(context.world.memorySeen).toEqual({ queryId: 'q1' });
    });

    it('fails one that did not', async () => {
      const context = await setup();
      context.world.truths = [{ state: 'not-done', reason: 'Untouched.' }];
      const { second, runId } = await dieInExecute(context);
      expect(await second.ended(runId)).toMatchObject({
        state: 'failed',
        error: { alreadyDone: 'It did not take effect: Untouched.' },
      });
      expect(context.world.executions).toBe(1);
    });

    it('repeats one that did not, when that is harmless', async () => {
      const context = await setup({ idempotent: true });
      context.world.truths = [{ state: 'not-done', reason: 'Untouched.' }];
      const { second, runId } = await dieInExecute(context);
      const run = await second.ended(runId);
      expect(run.state).toBe('succeeded');
      expect(context.world.executions).toBe(2);
    });

    it('waits for one that is still going on', async () => {
      const context = await setup();
      context.world.truths = [
        { state: 'in-progress', reason: 'At 20 %' },
        { state: 'in-progress', reason: 'At 60 %' },
        { state: 'done', output: { done: true } },
      ];
      const { second, runId } = await dieInExecute(context);
      expect((await second.ended(runId)).state).toBe('succeeded');
      expect(await second.log(runId)).toContain('At 60 %. Asking again.');
    });

    it('says that it does not know when nothing can tell', async () => {
      const context = await setup();
      context.world.truths = [{ state: 'unknown', reason: 'No trace of it.' }];
      const { second, runId } = await dieInExecute(context);
      expect(await second.ended(runId)).toMatchObject({
        state: 'outcome-unknown',
        error: {
          alreadyDone: 'Whether it took effect is not known: No trace of it.',
        },
      });
      const next = await second.preview();
      expect((await second.start(next)).state).toBe('pending');
    });

    it('begins a run that nobody had begun, and verifies one that was only executed', async () => {
      const { engine, world, another } = await setup();
      const preview = await engine.preview();
      const claim = jest
        .spyOn(engine.realStore, 'claim')
        .mockImplementation(() => new Promise(() => {}));
      const run = await engine.start(preview);
      claim.mockRestore();
      engine.kill();
      const second = await another();
      await second.reconciler.reconcile();
      expect((await second.ended(run.id)).state).toBe('succeeded');
      expect(world.executions).toBe(1);
    });

    it('refuses what the one that lost a run still writes', async () => {
      const { engine, world, another } = await setup();
      let letGo = () => {};
      world.execute = () =>
        new Promise(resolve => {
          letGo = () => resolve({ done: true });
        });
      const run = await engine.start(await engine.preview());
      await engine.until(run.id, now => now.steps[1].state === 'running');
      jest
        .spyOn(engine.realStore, 'heartbeat')
        .mockImplementation(() => new Promise(() => {}));
      await new Promise(resolve => setTimeout(resolve, 350));
      world.truths = [{ state: 'unknown', reason: 'No trace of it.' }];
      const second = await another();
      await second.reconciler.reconcile();
      await second.ended(run.id);
      letGo();
      await new Promise(resolve => setTimeout(resolve, 100));
      expect((await second.store.getRun(run.id))?.run).toMatchObject({
        state: 'outcome-unknown',
        output: undefined,
      });
    });

    it('gives back on shutdown what it can not end', async () => {
      const { engine, world, another } = await setup();
      world.execute = ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      world.truths = [{ state: 'in-progress', reason: 'Going on.' }];
      const run = await engine.start(await engine.preview());
      await engine.until(run.id, now => now.steps[1].state === 'running');
      await engine.worker.shutdown(10);
      expect((await engine.store.getRun(run.id))?.leaseOwner).toBeUndefined();
      world.truths = [{ state: 'done', output: { done: true } }];
      const second = await another();
      await second.reconciler.reconcile();
      expect((await second.ended(run.id)).state).toBe('succeeded');
    });
  });
});
