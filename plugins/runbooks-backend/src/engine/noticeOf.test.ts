import type { Run, RunWaiting } from '@lakehouse-ops/plugin-runbooks-common';
import { noticeOf } from './noticeOf';

const createdAt = '2026-11-21T10:00:00.000Z';
const soon = Date.parse(createdAt) + 9000;
const late = Date.parse(createdAt) + 11_000;
const span = { since: createdAt, until: '2026-11-21T11:00:00.000Z' };
const target = { system: 's', connection: 'c', kind: 'k', name: 'n' };

function runOf(changes: Partial<Run>): Run {
  return {
    id: 'run-1',
    runbookId: 'tidy',
    title: 'Tidy up',
    state: 'waiting',
    risk: 'low',
    target,
    parameters: {},
    preview: {
      id: 'p',
      runbookId: 'tidy',
      target,
      parameters: {},
      risk: 'low',
      content: { summary: '', changes: [], untouched: [], warnings: [] },
      hash: '',
      createdAt,
      expiresAt: createdAt,
      execute: { allowed: true },
    },
    startedBy: 'user:default/olivia',
    createdAt,
    steps: [],
    ...changes,
  };
}

const approval = (groups: string[]): RunWaiting => ({
  kind: 'approval',
  ...span,
  question: 'Flush it?',
  groups,
  needed: 1,
  previewHash: 'h',
});

describe('noticeOf', () => {
  it('asks approvers at once, and not the one who started it', () => {
    const waitingFor = approval(['group:default/owners']);
    expect(noticeOf(runOf({ waitingFor }), soon)).toEqual({
      about: 'approval',
      recipients: ['group:default/owners'],
      excluded: 'user:default/olivia',
      title: 'Tidy up waits for your approval',
      description: 'olivia asks, until 2026-11-21 11:00 UTC: Flush it?',
      severity: 'high',
    });
    expect(noticeOf(runOf({ waitingFor: approval([]) }), late)).toBeUndefined();
  });

  it.each<RunWaiting>([
    {
      kind: 'answer',
      ...span,
      stepId: 's',
      instruction: 'Look.',
      answerSchema: {},
    },
    { kind: 'decision', ...span, stepId: 's', facts: 'None.' },
    { kind: 'person', ...span },
  ])(
    'tells the one who started it of a wait for $kind, once they may have left',
    waitingFor => {
      const run = runOf({ waitingFor });
      expect(noticeOf(run, soon)).toBeUndefined();
      expect(noticeOf(run, late)).toMatchObject({
        about: waitingFor.kind,
        recipients: ['user:default/olivia'],
        title: 'Tidy up waits for you',
      });
    },
  );

  it('is silent about what needs nobody', () => {
    const lock: RunWaiting = {
      kind: 'lock',
      ...span,
      key: 'k',
      heldBy: 'x',
      heldByRunId: 'y',
    };
    expect(noticeOf(runOf({ waitingFor: lock }), late)).toBeUndefined();
    expect(noticeOf(runOf({ state: 'running' }), late)).toBeUndefined();
    expect(
      noticeOf(
        runOf({ state: 'failed', endedAt: new Date(soon).toISOString() }),
        late,
      ),
    ).toBeUndefined();
    expect(
      noticeOf(
        runOf({ state: 'failed', endedAt: new Date(late).toISOString() }),
        late,
      ),
    ).toMatchObject({ about: 'end', severity: 'high' });
  });
});
