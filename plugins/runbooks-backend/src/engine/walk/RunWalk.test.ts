import { TestDatabases } from '@backstage/backend-test-utils';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { bob } from '../../__testUtils__/engineHarness';
import { look, raise, setUpWalk } from '../../__testUtils__/setUpWalk';
import { runbook } from '../../__testUtils__/walkHarness';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const setup = async (...files: string[]) =>
  setUpWalk({ knex: await databases.init('SQLITE_3'), files });

const states = (run: Run) =>
  Object.fromEntries(run.steps.map(step => [step.id, step.state]));

describe('RunWalk', () => {
  it('walks steps one after the other, and tells each phase', async () => {
    const { engine, lake } = await setup(
      runbook({ steps: [raise('one'), raise('two', 'b')] }),
    );
    const run = await engine.walk();
    expect(run).toMatchObject({ state: 'succeeded', error: undefined });
    expect(states(run)).toEqual({
      'one/check': 'succeeded',
      'one/execute': 'succeeded',
      'one/verify': 'succeeded',
      'two/check': 'succeeded',
      'two/execute': 'succeeded',
      'two/verify': 'succeeded',
    });
    expect(lake.executions()).toEqual(['a', 'b']);
    expect(run.steps[3]).toMatchObject({
      stepId: 'two',
      section: 'steps',
      kind: 'check',
      actionId: 'lake:raise',
      target: { system: 'lake', name: 'b' },
    });
    expect(run.verification).toMatchObject({
      outcome: 'verified',
      summary: 'a is at 2 b is at 2',
    });
    expect(await engine.log(run.id)).toEqual(
      expect.arrayContaining([
        'Step one, execute: begun',
        'Step one, execute: done',
        'Step two, verify: done: b is at 2',
        'succeeded: a is at 2 b is at 2',
      ]),
    );
    const audit = await engine.store.getRunAudit(run.id, 100);
    expect(audit.map(entry => entry.event)).toEqual([
      'run-started',
      ...Array.from({ length: 6 }, () => ['step-begun', 'step-ended']).flat(),
      'run-ended',
    ]);
  });

  it('passes on what steps found, and skips what is not wanted', async () => {
    const { engine, lake } = await setup(
      runbook({
        steps: [
          {
            id: 'look',
            check: 'lake:read',
            input: { name: 'a' },
            assert: 'output.version < 5',
            message: 'Too far.',
          },
          { ...raise('later', '${{ steps.look.output.names[1] }}') },
          { ...raise('never'), if: 'steps.look.output.version > 5' },
          { ...raise('last', 'c'), if: "steps.never.state == 'skipped'" },
        ],
      }),
    );
    const run = await engine.walk();
    expect(run.state).toBe('succeeded');
    expect(lake.executions()).toEqual(['b', 'c']);
    expect(states(run)).toMatchObject({
      'look/check': 'succeeded',
      'never/check': 'skipped',
      'never/execute': 'skipped',
      'last/verify': 'succeeded',
    });
    expect(run.steps.find(step => step.id === 'never/check')?.message).toBe(
      'Its condition `steps.look.output.version > 5` is not met.',
    );
    const late = run.steps.find(step => step.id === 'later/check');
    expect(late?.preview?.summary).toBe('Raises b');
    expect(lake.fingerprints.get('b')).toEqual({ version: 1 });
    expect(await engine.store.getStepRecords(run.id)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          key: 'later',
          input: { name: 'b' },
          fingerprint: { version: 1 },
          output: { version: 2 },
        }),
      ]),
    );
  });

  it('puts in order after a failure, and tells the first thing that went wrong', async () => {
    const { engine, lake } = await setup(
      runbook({
        steps: [
          raise('one'),
          {
            id: 'look',
            check: 'lake:read',
            input: { name: 'a' },
            assert: 'output.version > 5',
            message: 'It is only at ${{ output.version }}.',
          },
          raise('two', 'b'),
        ],
        onFailure: [raise('undo', 'undo')],
        finally: [raise('tidy', 'bad'), raise('close', 'close')],
      }),
    );
    lake.before = async ({ input }) => {
      if (input.name === 'bad') throw new Error('No.');
    };
    lake.truths.set('bad', { state: 'not-done', reason: 'As it was.' });
    const run = await engine.walk();
    expect(run).toMatchObject({
      state: 'failed',
      error: {
        step: 'look/check',
        message: 'It is only at 2.',
        alreadyDone:
          'These steps took effect: Step one, Step undo, Step close.',
      },
    });
    expect(lake.executions()).toEqual(['a', 'undo', 'bad', 'close']);
    expect(states(run)).toMatchObject({
      'two/execute': 'skipped',
      'undo/verify': 'succeeded',
      'tidy/execute': 'failed',
      'close/verify': 'succeeded',
    });
    expect(await engine.log(run.id)).toContain('Also: No.');
  });

  it('runs what is always to be done, and fails when only that fails', async () => {
    const { engine, lake } = await setup(
      runbook({
        steps: [raise('one')],
        onFailure: [raise('undo', 'undo')],
        finally: [raise('tidy', 'bad')],
      }),
    );
    const well = await engine.walk();
    expect(well.state).toBe('succeeded');
    expect(states(well)['undo/execute']).toBe('skipped');
    lake.before = async ({ input }) => {
      if (input.name === 'bad') throw new Error('No.');
    };
    lake.truths.set('bad', { state: 'not-done', reason: 'As it was.' });
    const run = await engine.walk();
    expect(run).toMatchObject({ state: 'failed', error: { message: 'No.' } });
    expect(states(run)['undo/execute']).toBe('skipped');
  });

  it('compares each step with what was previewed, when it gets there', async () => {
    const { engine, lake } = await setup(
      runbook({ steps: [raise('one'), raise('two', 'b')] }),
    );
    lake.after = async () => {
      lake.versions.set('b', 7);
    };
    const run = await engine.walk();
    expect(run).toMatchObject({
      state: 'failed',
      error: {
        step: 'two/check',
        message:
          'The target changed after the preview was made: version was 1 and is 7.',
        alreadyDone: 'These steps took effect: Step one.',
      },
    });
    expect(lake.executions()).toEqual(['a']);
  });

  it('tries again only what may be repeated, and shows the attempts', async () => {
    const { engine, lake } = await setup(
      runbook({
        steps: [
          {
            id: 'put',
            action: 'lake:put',
            input: { name: 'a' },
            retry: { attempts: 3, delay: '1ms' },
          },
        ],
      }),
    );
    let tries = 0;
    lake.before = async () => {
      tries += 1;
      if (tries < 3) throw new Error(`Try ${tries}`);
    };
    lake.truths.set('a', { state: 'not-done', reason: 'As it was.' });
    const run = await engine.walk();
    expect(run.state).toBe('succeeded');
    expect(run.steps[1]).toMatchObject({
      id: 'put/execute',
      state: 'succeeded',
      attempt: 3,
    });
    expect(tries).toBe(3);
    tries = -10;
    const failed = await engine.walk();
    expect(failed).toMatchObject({
      state: 'failed',
      error: {
        message: 'Try -7',
        alreadyDone: 'It did not take effect: As it was.',
      },
    });
    expect(tries).toBe(-7);
  });

  it('stops a step that takes too long by its own limit', async () => {
    const { engine, lake } = await setup(
      runbook({ steps: [{ ...raise('one'), timeout: '1s' }] }),
    );
    lake.before = ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
      });
    lake.truths.set('a', { state: 'not-done', reason: 'As it was.' });
    expect(await engine.walk()).toMatchObject({
      state: 'failed',
      error: { message: 'It took longer than the 0.02 s that it may take.' },
    });
  });

  it('proves the effect with figures from before and after', async () => {
    const { engine } = await setup(
      runbook({
        steps: [
          look('b'),
          raise('one'),
          {
            id: 'proof',
            verify: 'lake:read',
            input: { name: 'a' },
            assert: 'output.version > before.version',
            metrics: [
              {
                label: 'Version',
                value: 'output.version',
                unit: 'count',
                better: 'higher',
              },
            ],
            within: '20s',
            every: '1s',
          },
        ],
      }),
    );
    const run = await engine.walk();
    const verification = {
      outcome: 'verified',
      summary: 'Version 1 → 2.',
      metrics: [
        {
          label: 'Version',
          unit: 'count',
          better: 'higher',
          before: 1,
          after: 2,
        },
      ],
    };
    expect(run).toMatchObject({ state: 'succeeded', verification });
    expect(run.steps.at(-1)).toMatchObject({
      id: 'proof/verify',
      verification,
    });
  });

  it('fails when it is not reached in time, and is inconclusive when it can not be read', async () => {
    const proof = {
      id: 'proof',
      verify: 'lake:read',
      input: { name: 'a' },
      assert: 'output.version > 5',
      metrics: [{ label: 'Version', value: 'output.version', unit: 'count' }],
      within: '3s',
      every: '1s',
    };
    const { engine, lake } = await setup(
      runbook({ steps: [raise('one'), proof] }),
    );
    const run = await engine.walk();
    expect(run).toMatchObject({
      state: 'failed',
      verification: { outcome: 'not-verified' },
      error: {
        step: 'proof/verify',
        message: 'It was not reached within 0.06 s. Version 1 → 2.',
      },
    });
    expect(lake.calls.filter(call => call === 'read a').length).toBeGreaterThan(
      2,
    );
    lake.reading = async () => {
      throw new Error('Gone away.');
    };
    expect(await engine.walk()).toMatchObject({
      state: 'succeeded',
      verification: {
        outcome: 'inconclusive',
        summary: expect.stringContaining('Gone away.'),
      },
    });
  });

  it('cancels at the next safe point, tidies up, and tells what was done', async () => {
    const { engine, lake } = await setup(
      runbook({
        steps: [raise('one'), raise('two', 'b'), raise('three', 'c')],
        onFailure: [raise('undo', 'undo')],
        finally: [raise('tidy', 'tidy')],
      }),
    );
    const { id } = await (async () => {
      lake.after = async ({ input, runId }) => {
        if (input.name !== 'b') return;
        lake.after = async () => {};
        await engine.canceller.cancel(runId, bob);
      };
      return engine.go();
    })();
    const run = await engine.ended(id);
    expect(run).toMatchObject({
      state: 'cancelled',
      error: {
        message: 'It was cancelled by user:default/bob.',
        alreadyDone: 'These steps took effect: Step one, Step two, Step tidy.',
      },
    });
    expect(lake.executions()).toEqual(['a', 'b', 'tidy']);
    expect(states(run)).toMatchObject({
      'three/execute': 'skipped',
      'undo/execute': 'skipped',
    });
  });

  it('is not moved by a file that is changed or deleted meanwhile', async () => {
    const first = runbook({ steps: [raise('one'), raise('two', 'b')] });
    const { engine, lake, book } = await setup(first);
    lake.after = async ({ input }) => {
      if (input.name !== 'a') return;
      book.add(runbook({ steps: [raise('other', 'z')] }));
      book.remove('test');
    };
    const run = await engine.walk();
    expect(run.state).toBe('succeeded');
    expect(lake.executions()).toEqual(['a', 'b']);
    expect(run.definitionHash).toHaveLength(64);
  });

  it('says so when the version that it runs is not known any more', async () => {
    const { engine, lake, book } = await setup(
      runbook({
        steps: [raise('one'), { id: 'tell', manual: 'Tell them.' }],
      }),
    );
    const { id } = await engine.go();
    await engine.waits(id);
    book.versions.clear();
    await engine.say.answer(id, 'tell', { seen: 'yes' });
    expect(await engine.ended(id)).toMatchObject({
      state: 'failed',
      error: {
        message: expect.stringContaining('is not known any more'),
        alreadyDone: 'Some steps were executed.',
      },
    });
    expect(lake.executions()).toEqual(['a']);
  });

  it('fills in secrets, and keeps none', async () => {
    const { engine, lake, knex } = await setup(
      runbook({
        parameters: { token: { type: 'string', secret: true } },
        steps: [
          {
            id: 'one',
            action: 'lake:raise',
            input: {
              name: '${{ parameters.name }}',
              password: 'Bearer ${{ parameters.token }}',
            },
          },
          {
            id: 'ask',
            manual: 'Do not tell ${{ parameters.token }}.',
          },
          {
            id: 'last',
            check: 'lake:read',
            input: { name: 'a' },
            assert: 'output.version > 9',
            message: 'Not with ${{ parameters.token }}.',
          },
        ],
      }),
    );
    const { id } = await engine.go({ name: 'a', token: 'hunter2' });
    const { waitingFor } = await engine.waits(id);
    expect(waitingFor).toMatchObject({ instruction: 'Do not tell <secret>.' });
    await engine.say.answer(id, 'ask', { seen: 'ok' });
    expect(await engine.ended(id)).toMatchObject({
      state: 'failed',
      error: { message: 'Not with <secret>.' },
    });
    expect(lake.passwords).toEqual(['Bearer hunter2']);
    for (const table of [
      'previews',
      'runs',
      'run_events',
      'run_steps',
      'audit',
    ]) {
      const rows = JSON.stringify(await knex(`runbook_${table}`));
      expect(rows).not.toContain('hunter2');
    }
  });

  it('keeps a log of a hundred thousand lines within its bounds, and says so', async () => {
    const { lake, start } = await setup(
      runbook({ steps: [raise('one'), raise('two', 'b')] }),
    );
    const engine = await start({ config: { maxEventsPerRun: 500 } });
    lake.before = async ({ log }) => {
      for (let line = 0; line < 50_000; line++) {
        log.info(`line ${line}`);
        if (line % 300 === 0) {
          await new Promise(resolve => setTimeout(resolve, 1));
        }
      }
    };
    const run = await engine.walk();
    expect(run.state).toBe('succeeded');
    const log = await engine.log(run.id);
    expect(log.length).toBeLessThan(520);
    expect(log).toContain(
      'The log ends here: a run keeps 500 lines. The run itself goes on.',
    );
    expect(log.some(line => line.includes('came too fast to be kept'))).toBe(
      true,
    );
    expect(log.at(-1)).toMatch(/^succeeded/);
  });
});
