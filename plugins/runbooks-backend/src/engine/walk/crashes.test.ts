import { setTimeout as sleep } from 'node:timers/promises';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { verifyAuditChain } from '@lakehouse-ops/plugin-runbooks-node';
import { Lake } from '../../__testUtils__/lake';
import { look, raise, setUpWalk } from '../../__testUtils__/setUpWalk';
import { runbook, startWalk, TestBook } from '../../__testUtils__/walkHarness';
import type { RunStore } from '../../store/RunStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const each = (spec: JsonObject = {}, action = 'lake:raise') => ({
  id: 'all',
  action,
  input: { name: '${{ item }}' },
  foreach: {
    in: 'steps.look.output.names',
    concurrency: 2,
    maxItems: 5,
    stopOnErrorRate: 0.5,
    ...spec,
  },
});
const stateOf = (run: Run, id: string) =>
  run.steps.find(step => step.id === id)?.state;

describe.each(databases.eachSupportedId())('a walk on %s', id => {
  async function setup(
    file: string,
    options: Parameters<typeof setUpWalk>[0]['options'] = {},
  ) {
    const knex = await databases.init(id);
    const walk = await setUpWalk({ knex, files: [file], options });
    /** Another process goes on once the lease of the first is over. */
    const takeOver = async () => {
      await sleep(350);
      const second = await walk.start();
      await second.reconciler.reconcile();
      return second;
    };
    return { ...walk, takeOver };
  }

  describe('through a list', () => {
    it('does each entry, no more at once than it may, and passes all on', async () => {
      const { engine, lake } = await setup(
        runbook({
          steps: [
            look(),
            each(),
            { ...raise('sum', '${{ string(steps.all.outputs[2].version) }}') },
          ],
        }),
      );
      let now = 0;
      let most = 0;
      lake.before = async () => {
        now += 1;
        most = Math.max(most, now);
        for (let tries = 0; most < 2 && tries < 100; tries++) await sleep(10);
        now -= 1;
      };
      const run = await engine.walk();
      expect(run.state).toBe('succeeded');
      expect(lake.executions().sort()).toEqual(['2', 'a', 'b', 'c']);
      expect(most).toBe(2);
      expect(
        run.steps
          .filter(step => step.stepId === 'all' && step.kind === 'execute')
          .map(({ id: step, item, state }) => [step, item?.label, state]),
      ).toEqual([
        ['all#0/execute', 'a', 'succeeded'],
        ['all#1/execute', 'b', 'succeeded'],
        ['all#2/execute', 'c', 'succeeded'],
      ]);
    });

    it('refuses more entries than it may, and does none of them', async () => {
      const { engine, lake } = await setup(
        runbook({ steps: [look(), each({ maxItems: 2 })] }),
      );
      expect(await engine.walk()).toMatchObject({
        state: 'failed',
        error: {
          step: 'all/check',
          message:
            'It would be done 3 times, and may be done 2 times at most. Nothing of it was done.',
        },
      });
      expect(lake.executions()).toEqual([]);
    });

    it('has nothing to do with an empty one', async () => {
      const { engine, lake } = await setup(
        runbook({ steps: [look(), each()] }),
      );
      lake.names = [];
      const run = await engine.walk();
      expect(run.state).toBe('succeeded');
      expect(stateOf(run, 'all/execute')).toBe('skipped');
    });

    it('stops once too many failed, and bears with fewer', async () => {
      const { engine, lake } = await setup(
        runbook({ steps: [look(), each({ concurrency: 1 })] }),
      );
      lake.names = ['a', 'bad1', 'bad2', 'bad3', 'z'];
      lake.before = async ({ input }) => {
        if (input.name.startsWith('bad')) throw new Error(`No ${input.name}.`);
      };
      for (const bad of ['bad1', 'bad2', 'bad3']) {
        lake.truths.set(bad, { state: 'not-done', reason: 'As it was.' });
      }
      const run = await engine.walk();
      expect(run).toMatchObject({
        state: 'failed',
        error: {
          step: 'all#1/execute',
          message: 'No bad1.',
          alreadyDone:
            '1 of 5 entries are done. It did not take effect: As it was. These steps took effect: Step all (1 of 5).',
        },
      });
      expect(lake.executions()).toEqual(['a', 'bad1', 'bad2', 'bad3']);
      expect(stateOf(run, 'all#4/execute')).toBe('skipped');
      lake.names = ['a', 'bad1', 'z'];
      const borne = await engine.walk();
      expect(borne.state).toBe('succeeded');
      expect(await engine.log(borne.id)).toContain(
        'Step all: 2 of 3 entries are done. 1 failed, which may be.',
      );
    });

    it('reconciles each of those that were in flight when the process died', async () => {
      const { engine, lake, takeOver, knex } = await setup(
        runbook({ steps: [look(), each({ concurrency: 3 })] }),
      );
      lake.names = ['a', 'b', 'c', 'd', 'e'];
      lake.after = async ({ input }) => {
        if (input.name === 'a') return;
        await sleep(20);
        if (lake.executions().length < 4) await new Promise(() => {});
        engine.kill();
        lake.after = async () => {};
        await new Promise(() => {});
      };
      for (const name of ['b', 'c', 'd']) {
        lake.truths.set(name, { state: 'done', output: { version: 2 } });
      }
      const { id: runId } = await engine.go();
      await engine.until(runId, () => lake.executions().length === 4);
      lake.names = ['other'];
      const second = await takeOver();
      const run = await second.ended(runId);
      expect(run.state).toBe('succeeded');
      expect(lake.executions().sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
      expect(
        lake.calls.filter(call => call.startsWith('reconcile')).sort(),
      ).toEqual(['reconcile b', 'reconcile c', 'reconcile d']);
      const audit = await knex('runbook_audit').orderBy('sequence');
      expect(
        verifyAuditChain(
          await second.store.readAudit({ after: 0, limit: 1000 }),
        ),
      ).toEqual({ intact: true, entries: audit.length });
    });

    it('does what may be repeated again, when it is known that it was not done', async () => {
      const { engine, lake, takeOver } = await setup(
        runbook({ steps: [look(), each({}, 'lake:put')] }),
      );
      lake.before = async ({ input }) => {
        if (input.name !== 'b') return;
        engine.kill();
        lake.before = async () => {};
        await new Promise(() => {});
      };
      lake.truths.set('b', { state: 'not-done', reason: 'As it was.' });
      for (const name of ['a', 'c']) {
        lake.truths.set(name, { state: 'done', output: { version: 2 } });
      }
      const { id: runId } = await engine.go();
      await engine.until(runId, () => lake.executions().includes('b'));
      const second = await takeOver();
      const run = await second.ended(runId);
      expect(run.state).toBe('succeeded');
      expect(lake.executions().filter(name => name === 'b')).toHaveLength(2);
      expect(
        run.steps.find(step => step.item?.label === 'b' && step.attempt === 2),
      ).toBeDefined();
    });
  });

  describe('of which nothing can tell how it went', () => {
    async function unknown() {
      const context = await setup(
        runbook({
          steps: [raise('one'), raise('two', 'b')],
          finally: [raise('tidy', 'tidy')],
        }),
      );
      const { engine, lake, takeOver } = context;
      lake.after = async ({ input }) => {
        if (input.name !== 'a') return;
        engine.kill();
        lake.after = async () => {};
        await new Promise(() => {});
      };
      const { id: runId } = await engine.go();
      await engine.until(runId, () => lake.executions().length === 1);
      const second = await takeOver();
      const run = await second.waits(runId);
      expect(run.waitingFor).toMatchObject({
        kind: 'decision',
        stepId: 'one',
        facts: expect.stringContaining('Nothing can tell.'),
      });
      expect(stateOf(run, 'one/execute')).toBe('waiting');
      return { ...context, second, runId };
    }

    it('goes on when a person says that it was done', async () => {
      const { second, runId, lake } = await unknown();
      await second.say.decide(runId, 'one', 'done');
      const run = await second.ended(runId);
      expect(run.state).toBe('succeeded');
      expect(run.steps[1].message).toContain('bob said so');
      expect(stateOf(run, 'one/verify')).toBe('skipped');
      expect(lake.executions()).toEqual(['a', 'b', 'tidy']);
    });

    it('fails when it was not done and may not be repeated', async () => {
      const { second, runId, lake } = await unknown();
      await second.say.decide(runId, 'one', 'not-done');
      expect(await second.ended(runId)).toMatchObject({
        state: 'failed',
        error: {
          step: 'one/execute',
          alreadyDone: expect.stringContaining('It did not take effect.'),
        },
      });
      expect(lake.executions()).toEqual(['a', 'tidy']);
    });

    it('ends so when told to stop, and tidies up', async () => {
      const { second, runId, lake } = await unknown();
      await second.say.decide(runId, 'one', 'stop');
      expect(await second.ended(runId)).toMatchObject({
        state: 'outcome-unknown',
        error: {
          alreadyDone: expect.stringContaining(
            'Whether it took effect is not known',
          ),
        },
      });
      expect(lake.executions()).toEqual(['a', 'tidy']);
    });
  });

  it('survives the death of its process between any two writes', async () => {
    const file = runbook({
      steps: [
        look(),
        raise('one', '${{ steps.look.output.names[0] }}'),
        each(),
      ],
      finally: [raise('tidy', 'tidy')],
    });
    const count = async (limit: number) => {
      const lake = new Lake();
      const book = new TestBook();
      book.add(file);
      const knex = await databases.init(id);
      let writes = 0;
      let die = () => {};
      const dying = (store: RunStore) =>
        new Proxy(store, {
          get(target, property) {
            const value = Reflect.get(target, property);
            if (typeof value !== 'function') return value;
            if (property !== 'advance') return value.bind(target);
            return async (...args: unknown[]) => {
              writes += 1;
              if (writes === limit) die();
              if (writes >= limit) return new Promise(() => {});
              return value.apply(target, args);
            };
          },
        });
      const engine = await startWalk({ knex, lake, book, wrapStore: dying });
      die = engine.kill;
      const { id: runId } = await engine.go();
      await engine.until(
        runId,
        run => writes >= limit || run.state === 'succeeded',
      );
      if (writes < limit) return { over: true, lake };
      await sleep(350);
      // What had begun took effect: only its result was not written.
      for (const name of ['a', 'b', 'c', 'tidy']) {
        const output = { version: lake.versionOf(name) };
        lake.truths.set(name, { state: 'done', output });
      }
      const second = await startWalk({ knex, lake, book });
      await second.reconciler.reconcile();
      const run = await second.ended(runId);
      expect(run.state).toBe('succeeded');
      expect(
        verifyAuditChain(
          await second.store.readAudit({ after: 0, limit: 1000 }),
        ).intact,
      ).toBe(true);
      return { over: false, lake };
    };
    for (let limit = 1; limit < 30; limit++) {
      const { over, lake } = await count(limit);
      expect(lake.executions().sort()).toEqual(['a', 'a', 'b', 'c', 'tidy']);
      if (over) return;
    }
    throw new Error('It never came to its end.');
  });

  describe('whose database is gone', () => {
    /** A store that throws while it is told to. */
    function failing(state: { gone: boolean; lostAnswer?: boolean }) {
      return (store: RunStore): RunStore =>
        new Proxy(store, {
          get(target, property) {
            const value = Reflect.get(target, property);
            if (typeof value !== 'function') return value;
            return async (...args: unknown[]) => {
              if (state.gone) throw new Error('connect ECONNREFUSED');
              const answer = await value.apply(target, args);
              if (state.lostAnswer && property === 'advance') {
                state.lostAnswer = false;
                throw new Error('Connection terminated unexpectedly');
              }
              return answer;
            };
          },
        });
    }

    it('goes on when it is back in time', async () => {
      const state = { gone: false };
      const { engine, lake } = await setup(
        runbook({ steps: [raise('one'), raise('two', 'b')] }),
        { wrapStore: failing(state), config: { leaseMs: 3000 } },
      );
      lake.after = async ({ input }) => {
        if (input.name !== 'a') return;
        state.gone = true;
        setTimeout(() => {
          state.gone = false;
        }, 1000);
      };
      const run = await engine.walk();
      expect(run.state).toBe('succeeded');
      expect(lake.calls.filter(call => call.startsWith('rec'))).toEqual([]);
      expect(lake.executions()).toEqual(['a', 'b']);
    });

    it('writes nothing twice when only the answer was lost', async () => {
      const state = { gone: false, lostAnswer: false };
      const { engine, lake } = await setup(
        runbook({ steps: [raise('one'), raise('two', 'b')] }),
        { wrapStore: failing(state), config: { leaseMs: 3000 } },
      );
      lake.after = async () => {
        state.lostAnswer = true;
      };
      const run = await engine.walk();
      expect(run.state).toBe('succeeded');
      const audit = await engine.realStore.getRunAudit(run.id, 100);
      expect(audit.filter(({ event }) => event === 'step-ended')).toHaveLength(
        6,
      );
    });

    it('stops acting when it is gone for longer than the lease, and is gone on with', async () => {
      const state = { gone: false };
      const { engine, lake } = await setup(
        runbook({ steps: [raise('one'), raise('two', 'b')] }),
        { wrapStore: failing(state), config: { leaseMs: 400 } },
      );
      let aborted: unknown;
      lake.before = async ({ signal, input }) => {
        if (input.name !== 'a') return;
        lake.before = async () => {};
        state.gone = true;
        await new Promise<void>(resolve => {
          signal.addEventListener('abort', () => resolve());
        });
        aborted = signal.reason;
        throw signal.reason;
      };
      lake.truths.set('a', { state: 'done', output: { version: 1 } });
      const { id: runId } = await engine.go();
      await engine.until(runId, () => aborted !== undefined);
      expect(String(aborted)).toContain(
        'The database could not be reached for 0.4 s',
      );
      await sleep(300);
      expect(lake.executions()).toEqual(['a']);
      state.gone = false;
      await sleep(200);
      await engine.reconciler.reconcile();
      const run = await engine.ended(runId);
      expect(run.state).toBe('succeeded');
      expect(lake.executions()).toEqual(['a', 'b']);
      expect(lake.calls).toContain('reconcile a');
    });
  });
});
