import { TestDatabases } from '@backstage/backend-test-utils';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import {
  alice,
  olivia,
  owen,
  runbookText,
  startRig,
  TWO_STEPS,
} from '../__testUtils__/runbookRig';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const MANUAL = runbookText(`  steps:
    - id: tell
      title: Tell them
      manual: Tell them.
      answer:
        type: object
        required: [heard]
        additionalProperties: false
        properties: {heard: {type: integer, minimum: 1}}
      expires: 1h`);

describe.each(databases.eachSupportedId())('answers on %s', id => {
  async function setup(text = MANUAL) {
    const knex = await databases.init(id);
    const rig = await startRig({ knex, texts: [text] });
    const waiting = async (): Promise<Run> => {
      const run = await rig.start(await rig.preview());
      return rig.until(run.id, ({ state }) => state === 'waiting');
    };
    const park = async (run: Run, waitingFor: object) =>
      knex('runbook_runs')
        .where({ id: run.id })
        .update({ state: 'waiting', waiting_for: JSON.stringify(waitingFor) });
    return { ...rig, knex, waiting, park };
  }

  it('to a manual step are held to its schema, and let the run go on', async () => {
    const { waiting, answers, ended, audit } = await setup();
    const { id: runId } = await waiting();
    const answer = (values: Record<string, unknown>, stepId = 'tell') =>
      answers.answer({
        runId,
        stepId,
        answer: JSON.parse(JSON.stringify(values)),
        credentials: alice,
      });
    await expect(answer({})).rejects.toThrow('heard: is missing');
    await expect(answer({ heard: 0 })).rejects.toThrow('heard: must be >= 1');
    await expect(answer({ heard: 1, done: true })).rejects.toThrow(
      'done: is not known',
    );
    await expect(answer({ heard: 1 }, 'other')).rejects.toMatchObject({
      name: 'ConflictError',
    });
    await answer({ heard: 3 });
    const end = await ended(runId);
    expect(end.error).toBeUndefined();
    expect(end.state).toBe('succeeded');
    expect(await audit()).toContain('step-answered');
    await expect(answer({ heard: 3 })).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('is over already'),
    });
  });

  it('are not taken for what is not asked', async () => {
    const { waiting, answers } = await setup();
    const { id: runId } = await waiting();
    await expect(
      answers.decide({
        runId,
        stepId: 'tell',
        decision: { outcome: 'done', comment: 'I saw it.' },
        credentials: olivia,
      }),
    ).rejects.toThrow(
      `Run ${runId} does not wait for a decision on an outcome now, but for an answer.`,
    );
    await expect(answers.goOn(runId, olivia)).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it('on an open outcome need a comment, and the newest counts', async () => {
    const { waiting, answers, park, responses } = await setup();
    const run = await waiting();
    const open = {
      kind: 'decision',
      since: run.createdAt,
      until: new Date(Date.now() + 60_000).toISOString(),
      stepId: 'tell',
      facts: 'Nothing can tell.',
    };
    const decide = (outcome: 'done' | 'not-done', comment: string) =>
      answers.decide({
        runId: run.id,
        stepId: 'tell',
        decision: { outcome, comment },
        credentials: olivia,
      });
    await park(run, open);
    await expect(decide('done', ' ')).rejects.toThrow(/^comment: /);
    await decide('not-done', 'I looked.');
    await park(run, open);
    await decide('done', 'I looked again.');
    expect(await responses.decision(run.id, 'tell')).toMatchObject({
      by: 'user:default/olivia',
      outcome: 'done',
      comment: 'I looked again.',
    });
  });

  it('let a run go on only as the person who started it', async () => {
    const { waiting, answers, park, realStore } = await setup();
    const run = await waiting();
    await park(run, {
      kind: 'person',
      since: run.createdAt,
      until: new Date(Date.now() + 60_000).toISOString(),
    });
    await expect(answers.goOn(run.id, owen)).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('user:default/olivia'),
    });
    await answers.goOn(run.id, olivia);
    expect((await realStore.getRun(run.id))?.run.waitingFor?.kind).not.toBe(
      'person',
    );
  });

  it('are for runs that are there', async () => {
    const { answers } = await setup(runbookText(TWO_STEPS));
    await expect(answers.goOn('none', olivia)).rejects.toThrow(
      'There is no run none.',
    );
  });
});
