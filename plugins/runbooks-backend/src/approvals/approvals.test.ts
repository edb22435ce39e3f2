import { TestDatabases } from '@backstage/backend-test-utils';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import {
  alice,
  olivia,
  oskar,
  owen,
  runbookText,
  startRig,
  TWO_STEPS,
} from '../__testUtils__/runbookRig';
import { verifyAuditChain } from '@lakehouse-ops/plugin-runbooks-node';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const asked = (count = 1, more = '') =>
  runbookText(
    `  approval: {groups: [group:default/owners], count: ${count}, expires: 30m}\n${more}${TWO_STEPS}`,
  );

describe.each(databases.eachSupportedId())('approvals on %s', id => {
  async function setup(
    text = asked(),
    options: Partial<Parameters<typeof startRig>[0]> = {},
  ) {
    const knex = await databases.init(id);
    const rig = await startRig({ knex, texts: [text], ...options });
    const started = async () => rig.start(await rig.preview());
    return { ...rig, knex, started };
  }

  it('are asked for at once, before anything runs', async () => {
    const { started, world, announced } = await setup();
    const run = await started();
    expect(run).toMatchObject({
      state: 'waiting',
      waitingFor: {
        kind: 'approval',
        groups: ['group:default/owners'],
        needed: 1,
        previewHash: run.preview.hash,
        question: 'Tidy up on place a of main: Changes a.',
      },
    });
    expect(run.steps[0]).toMatchObject({ id: 'approval', state: 'waiting' });
    expect(announced).toContain('waiting');
    expect(world.executions).toBe(0);
  });

  it('let the run go on, in one audit chain', async () => {
    const { started, say, ended, audit, responses, store, world } =
      await setup();
    const run = await started();
    await say(run, 'approved', owen, { comment: 'Go.' });
    const end = await ended(run.id);
    expect(end.error).toBeUndefined();
    expect(end.state).toBe('succeeded');
    expect(end.steps[0]).toMatchObject({
      id: 'approval',
      state: 'succeeded',
      message: 'Approved by owen.',
    });
    expect(world.executions).toBe(1);
    expect(await responses.approvals(run.id)).toEqual([
      expect.objectContaining({
        runId: run.id,
        decision: 'approved',
        by: 'user:default/owen',
        comment: 'Go.',
        previewHash: run.preview.hash,
      }),
    ]);
    expect(await audit()).toContain('run-approved');
    const chain = await store.readAudit({ after: 0, limit: 100 });
    expect(verifyAuditChain(chain)).toMatchObject({ intact: true });
  });

  it('end the run when they are denied, and that needs a comment', async () => {
    const { started, say, ended, world } = await setup();
    const run = await started();
    await expect(say(run, 'denied', owen)).rejects.toThrow(/^comment: say why/);
    await expect(say(run, 'denied', owen, { comment: '  ' })).rejects.toThrow(
      /^comment: say why/,
    );
    await say(run, 'denied', owen, { comment: 'Not on a Friday.' });
    const end = await ended(run.id);
    expect(end).toMatchObject({
      state: 'failed',
      error: {
        message: 'It was denied by owen: Not on a Friday.',
      },
    });
    expect(world.executions).toBe(0);
    await expect(say(run, 'approved', oskar)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('is over already (failed)'),
    });
  });

  it('are never given by the one who started, nor by outsiders', async () => {
    const { started, say, approvals, world } = await setup();
    const run = await started();
    await expect(say(run, 'approved', olivia)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('nobody approves or denies their own'),
    });
    await expect(say(run, 'approved', alice)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message:
        'This is for group:default/owners to decide, and you are not in it. Ask one of its members.',
    });
    expect(world.executions).toBe(0);
    const [mine] = await approvals.list(olivia);
    expect(mine.decide.allowed).toBe(false);
    const [theirs] = await approvals.list(owen);
    expect(theirs).toMatchObject({
      run: { id: run.id },
      decide: { allowed: true },
    });
  });

  it('are never given by the person whom triggered runs answer to', async () => {
    const { started, say } = await setup(
      asked(1, '  runAs: user:default/owen\n'),
    );
    const run = await started();
    await expect(say(run, 'approved', owen)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('answer to you'),
    });
    await expect(say(run, 'approved', oskar)).resolves.toBeDefined();
  });

  it('count different people once each', async () => {
    const { started, say, ended, until } = await setup(asked(2));
    const run = await started();
    const still = await say(run, 'approved', owen);
    expect(still.state).toBe('waiting');
    await expect(say(run, 'approved', owen)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('counts once'),
    });
    await expect(say(run, 'denied', owen, { comment: 'No.' })).rejects.toThrow(
      'counts once',
    );
    expect((await until(run.id, () => true)).state).toBe('waiting');
    await say(run, 'approved', oskar);
    expect((await ended(run.id)).state).toBe('succeeded');
  });

  it('are enough when two people give them at the same moment', async () => {
    const { started, say, ended } = await setup(asked(2));
    const run = await started();
    await Promise.all([
      say(run, 'approved', owen),
      say(run, 'approved', oskar),
    ]);
    expect((await ended(run.id)).state).toBe('succeeded');
  });

  it('are of what was shown, and nothing else', async () => {
    const { started, say, responses } = await setup();
    const run = await started();
    await expect(
      say(run, 'approved', owen, { previewHash: 'f'.repeat(64) }),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('not what is to be approved now'),
    });
    expect(await responses.approvals(run.id)).toEqual([]);
  });

  it('are asked for anew when what is asked for has changed', async () => {
    const { started, say, knex, realStore } = await setup(asked(2));
    const run = await started();
    await say(run, 'approved', owen);
    const waitingFor = { ...run.waitingFor, previewHash: 'e'.repeat(64) };
    await knex('runbook_runs')
      .where({ id: run.id })
      .update({ waiting_for: JSON.stringify(waitingFor) });
    await expect(say(run, 'approved', oskar)).rejects.toThrow(
      'not what is to be approved now',
    );
    const other = { previewHash: 'e'.repeat(64) };
    // What owen said was of another hash: it does not count here.
    await say(run, 'approved', oskar, other);
    expect((await realStore.getRun(run.id))?.run.state).toBe('waiting');
    await say(run, 'approved', owen, other);
    expect((await realStore.getRun(run.id))?.run.state).not.toBe('waiting');
  });

  it('lapse, and then count no more', async () => {
    const { started, say, knex, reconciler, ended, world } = await setup();
    const run = await started();
    const past = new Date(Date.now() - 1000).toISOString();
    await knex('runbook_runs')
      .where({ id: run.id })
      .update({
        wait_until: past,
        waiting_for: JSON.stringify({ ...run.waitingFor, until: past }),
      });
    await knex('runbook_run_steps')
      .where({ run_id: run.id, key: '' })
      .update({
        record: JSON.stringify({
          waits: { approval: { since: run.createdAt, until: past } },
        }),
      });
    await expect(say(run, 'approved', owen)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('and that is over'),
    });
    await reconciler.reconcile();
    const end = await ended(run.id);
    expect(end.state).toBe('failed');
    expect(end.error?.message).toContain('It was not approved until');
    expect(world.executions).toBe(0);
  });

  it('are needed in the middle too', async () => {
    const { preview, start, say, until, ended, world } =
      await setup(`${runbookText(TWO_STEPS)}
    - id: ok
      title: Agree
      approval: {question: 'And now?', groups: [group:default/owners], count: 1, expires: 30m}
    - id: second
      title: Second
      action: fake:change-thing
      input: {name: z}`);
    const run = await start(await preview());
    const waiting = await until(run.id, ({ state }) => state === 'waiting');
    expect(waiting.waitingFor).toMatchObject({
      kind: 'approval',
      stepId: 'ok',
      question: 'And now?',
    });
    expect(world.executions).toBe(1);
    await expect(say(waiting, 'approved', olivia)).rejects.toThrow(
      'nobody approves',
    );
    await say(waiting, 'approved', owen);
    expect((await ended(run.id)).state).toBe('succeeded');
    expect(world.executions).toBe(2);
  });

  it('are asked of people who are there, or nothing is started', async () => {
    const nobody = {
      couldApprove: async () => ({
        allowed: false as const,
        reason: 'Nobody could approve it: group:default/owners has no members.',
      }),
    };
    const { preview, start } = await setup(asked(), {
      parts: { approvers: nobody },
    });
    const made = await preview();
    expect(made.execute).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('has no members'),
    });
    await expect(start(made)).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('has no members'),
    });
  });

  it('are needed for single actions of high risk, unless the config says otherwise', async () => {
    const rule = { groups: [], count: 1, expiresAfterMs: 60_000 };
    const { preview, start, say, ended } = await setup(asked(), {
      risk: 'high',
      config: { actionApproval: { fromRisk: 'high', rule } },
    });
    const made = await preview({ name: 'a' }, 'fake:change-thing');
    expect(made.approval).toEqual(rule);
    const run = await start(made);
    expect(run.state).toBe('waiting');
    await expect(say(run, 'approved', olivia)).rejects.toThrow(
      'nobody approves',
    );
    await say(run, 'approved', alice);
    expect((await ended(run.id)).state).toBe('succeeded');
  });

  it('tell who started it what was decided', async () => {
    const said: string[] = [];
    const { started, say } = await setup(asked(), {
      parts: {
        announceDecision: (run: Run, decision) =>
          said.push(`${run.startedBy}: ${decision.decision} ${decision.by}`),
      },
    });
    await say(await started(), 'approved', owen);
    expect(said).toEqual(['user:default/olivia: approved user:default/owen']);
  });
});
