import type { Run, RunStep } from '@lakehouse-ops/plugin-runbooks-common';
import { aRun } from '../src/testing/builders';
import { DEFINITION_HASH, filePreview, prefixTarget } from './fileWorld';

const MINUTE_MS = 60_000;
export const VIEWER = 'user:development/guest';

const at = (minutes: number) =>
  new Date(Date.now() + minutes * MINUTE_MS).toISOString();

type Part = Partial<RunStep>;

const step = (
  id: string,
  title: string,
  state: RunStep['state'],
  part: Part = {},
): RunStep => {
  const [stepId, kind] = id.split('/');
  const known = (
    ['check', 'execute', 'verify', 'manual', 'approval'] as const
  ).find(name => name === kind);
  return {
    id,
    stepId: stepId.split('#')[0],
    kind: known,
    title,
    state,
    section: 'steps',
    ...part,
  };
};

const done = (from: number, to: number, part: Part = {}): Part => ({
  startedAt: at(from),
  endedAt: at(to),
  ...part,
});

const PREFIXES = Array.from(
  { length: 12 },
  (_, n) => `superset:chart-data:${n.toString(16)}*`,
);

function flushItems(states: ReadonlyArray<RunStep['state']>): RunStep[] {
  return PREFIXES.flatMap((label, index) => {
    const state = states[index] ?? 'pending';
    const over = state === 'succeeded' || state === 'failed';
    const times = over
      ? done(-8 + index * 0.3, -7.7 + index * 0.3)
      : { startedAt: state === 'running' ? at(-0.7) : undefined };
    return (['check', 'execute', 'verify'] as const).map(kind => {
      const untouched = state === 'failed' && kind === 'verify';
      return step(
        `flush#${index}/${kind}`,
        'Flush broken prefixes',
        untouched ? 'skipped' : state,
        {
          ...(untouched ? {} : times),
          item: { index, label },
          actionId: 'redis:flush-keys',
          target: { ...prefixTarget, name: label },
          ...(state === 'failed' && kind === 'execute'
            ? {
                message:
                  'Redis answered READONLY: this replica takes no writes.',
              }
            : {}),
        },
      );
    });
  });
}

const look = () =>
  step('look/check', 'See how bad it is', 'succeeded', {
    ...done(-10, -9.8),
    actionId: 'redis:inspect-prefix',
    message: '18,300 keys in 12 prefixes; 7 % hit ratio.',
  });
const tell = (state: RunStep['state'], part: Part = {}) =>
  step('tell/manual', 'Tell those who look at the dashboards', state, part);
const toldAlready = () =>
  tell(
    'succeeded',
    done(-9.8, -8, { message: 'olivia: "posted, 3 people reacted".' }),
  );
const flushPending = (state: RunStep['state'] = 'pending') =>
  step('flush/check', 'Flush broken prefixes', state);
const spread = (state: RunStep['state'], part: Part = {}) =>
  (['check', 'execute', 'verify'] as const).map(kind =>
    step(
      `spread/${kind}`,
      'Spread expiry over ten minutes',
      kind === 'execute' || state !== 'failed' ? state : 'succeeded',
      part,
    ),
  );
const proof = (state: RunStep['state'], part: Part = {}) =>
  step('proof/verify', 'Hit ratio is back above 90 %', state, part);
const after = (state: RunStep['state'], part: Part = {}) =>
  step('all-clear/execute', 'Tell the channel how it ended', state, {
    section: 'finally',
    ...part,
  });
const undo = (state: RunStep['state'], part: Part = {}) =>
  step('undo/execute', 'Give the old TTLs back', state, {
    section: 'onFailure',
    ...part,
  });
const rest = () => [
  ...spread('pending'),
  proof('pending'),
  undo('pending'),
  after('pending'),
];

const many = (count: number, state: RunStep['state']) =>
  Array.from({ length: count }, () => state);

/** Runs of a runbook file, in each state that they can be in. */
export function fileRuns(): Run[] {
  const preview = filePreview({ createdAt: at(-12), expiresAt: at(-7) });
  const base = aRun({
    runbookId: preview.runbookId,
    title: 'Cache stampede',
    risk: 'high',
    target: prefixTarget,
    entityRef: 'resource:default/dashboards-cache',
    parameters: { ...preview.parameters, password: '<secret>' },
    preview,
    definitionHash: DEFINITION_HASH,
    createdAt: at(-11),
    startedAt: at(-10),
    endedAt: undefined,
    verification: undefined,
    origin: { kind: 'alert', detail: 'dashboards-cache hit ratio' },
    approvals: [
      {
        runId: '',
        decision: 'approved',
        by: 'user:default/lena',
        at: at(-10.5),
        comment: 'Seen it on the graph too.',
        previewHash: preview.hash,
      },
      {
        runId: '',
        decision: 'approved',
        by: 'user:default/tom',
        at: at(-10.1),
        previewHash: preview.hash,
      },
    ],
  });
  const running = [
    look(),
    toldAlready(),
    ...flushItems([
      ...many(6, 'succeeded'),
      'failed',
      'succeeded',
      'running',
      'running',
    ]),
    ...rest(),
  ];
  const early = [look(), tell('pending'), flushPending(), ...rest()];
  const none = [
    step('approval', 'Approval', 'waiting', {
      stepId: undefined,
      kind: 'approval',
    }),
    {
      ...look(),
      state: 'pending' as const,
      startedAt: undefined,
      endedAt: undefined,
      message: undefined,
    },
    ...early.slice(1),
  ];
  const asked = {
    kind: 'approval' as const,
    since: at(-6),
    until: at(24),
    question:
      'Flush 12 prefixes of the dashboards cache in the middle of the day?',
    groups: ['group:default/data-platform', 'group:default/on-call'],
    needed: 2,
    previewHash: preview.hash,
  };
  const waiting = {
    ...base,
    state: 'waiting' as const,
    startedBy: 'user:default/olivia',
  };
  return [
    { ...base, id: 'file-running', state: 'running', steps: running },
    {
      ...waiting,
      id: 'wait-approval',
      startedAt: undefined,
      steps: none,
      approvals: base.approvals?.slice(0, 1),
      waitingFor: asked,
    },
    {
      ...waiting,
      id: 'wait-approval-own',
      startedAt: undefined,
      startedBy: VIEWER,
      steps: none,
      approvals: [],
      waitingFor: asked,
    },
    {
      ...waiting,
      id: 'wait-approval-denied',
      startedAt: undefined,
      steps: none,
      approvals: [],
      waitingFor: asked,
    },
    {
      ...waiting,
      id: 'wait-reapproval',
      steps: [
        look(),
        toldAlready(),
        step('flush/check', 'Flush broken prefixes', 'waiting', {
          startedAt: at(-6),
          preview: preview.content,
        }),
        ...rest(),
      ],
      waitingFor: {
        ...asked,
        stepId: 'flush',
        until: at(3),
        previewHash: 'the hash of what was found on the way',
        preview: {
          ...preview.content,
          warnings: [
            ...preview.content.warnings,
            '900 keys more than when it was first previewed.',
          ],
        },
      },
    },
    {
      ...waiting,
      id: 'wait-answer',
      steps: [
        look(),
        tell('waiting', { startedAt: at(-3) }),
        flushPending(),
        ...rest(),
      ],
      waitingFor: {
        kind: 'answer',
        since: at(-3),
        until: at(57),
        stepId: 'tell',
        instruction:
          'Write in **#data-status** that dashboards will be slow for ten minutes.\n\n- say *which* dashboards\n- say until when',
        answerSchema: {
          type: 'object',
          required: ['message'],
          properties: {
            message: {
              type: 'string',
              title: 'Link to your message',
              minLength: 8,
            },
            objections: { type: 'boolean', title: 'Somebody objected' },
            people: {
              type: 'integer',
              title: 'People who reacted',
              minimum: 0,
            },
          },
        },
      },
    },
    {
      ...waiting,
      id: 'wait-decision',
      steps: [
        look(),
        toldAlready(),
        ...flushItems(many(12, 'succeeded')),
        ...spread('waiting', { startedAt: at(-4) }),
        proof('pending'),
        undo('pending'),
        after('pending'),
      ],
      waitingFor: {
        kind: 'decision',
        since: at(-4),
        until: at(56),
        stepId: 'spread',
        facts:
          'The process that did it is gone. It had asked Redis to set 17,096 expiry times and got no answer.\nRedis was started anew at 10:41:07, after that.\nOf 20 sampled keys 11 have a spread TTL.',
      },
    },
    {
      ...waiting,
      id: 'wait-person',
      startedBy: VIEWER,
      origin: undefined,
      steps: [look(), toldAlready(), flushPending('waiting'), ...rest()],
      waitingFor: { kind: 'person', since: at(-2), until: at(58) },
    },
    {
      ...waiting,
      id: 'wait-person-other',
      steps: [look(), toldAlready(), flushPending('waiting'), ...rest()],
      waitingFor: { kind: 'person', since: at(-2), until: at(58) },
    },
    {
      ...waiting,
      id: 'wait-lock',
      startedAt: undefined,
      steps: none.slice(1),
      waitingFor: {
        kind: 'lock',
        since: at(-1),
        until: at(9),
        key: 'redis/dashboards/prefix/superset:chart-data:',
        heldBy: 'user:default/tom',
        heldByRunId: 'file-running',
      },
    },
    {
      ...waiting,
      id: 'wait-pause',
      steps: early,
      waitingFor: {
        kind: 'pause',
        since: at(-1),
        by: 'user:default/tom',
        reason: 'Redis is being moved to new nodes.',
      },
    },
    {
      ...base,
      id: 'file-good',
      state: 'succeeded',
      endedAt: at(-2),
      steps: [
        look(),
        toldAlready(),
        ...flushItems(many(12, 'succeeded')),
        ...spread('succeeded', done(-4, -3)),
        proof('succeeded', {
          ...done(-3, -2.2),
          attempt: 3,
          verification: {
            outcome: 'verified',
            summary: 'Hit ratio 7 → 94 %.',
            metrics: [
              {
                label: 'Hit ratio',
                unit: 'percent',
                before: 7,
                after: 94.2,
                better: 'higher',
              },
              {
                label: 'p95 of chart queries',
                unit: 'ms',
                before: 8_200,
                after: 310,
                better: 'lower',
              },
            ],
          },
        }),
        undo('skipped'),
        after('succeeded', done(-2.2, -2)),
      ],
    },
    {
      ...base,
      id: 'file-failed',
      state: 'failed',
      endedAt: at(-2),
      steps: [
        look(),
        toldAlready(),
        ...flushItems([...many(9, 'succeeded'), 'failed', 'failed', 'failed']),
        ...spread('skipped'),
        proof('skipped'),
        undo(
          'succeeded',
          done(-3, -2.5, { message: '17,096 keys have their old TTL.' }),
        ),
        after(
          'failed',
          done(-2.4, -2.1, { message: 'Slack answered 403: not_in_channel.' }),
        ),
      ],
      error: {
        step: 'flush#9/execute',
        message:
          '3 of 12 prefixes were not flushed: Redis answered READONLY, this replica takes no writes.',
        alreadyDone: '9 prefixes were flushed; their old TTLs are back.',
        nextStep:
          'point the connection "dashboards" at the primary and run this again: flushing twice does no more than once.',
      },
    },
    {
      ...base,
      id: 'file-cancelled',
      state: 'cancelled',
      endedAt: at(-5),
      cancelRequestedBy: 'user:default/olivia',
      steps: [
        look(),
        toldAlready(),
        flushPending('cancelled'),
        ...spread('skipped'),
        proof('skipped'),
        undo('skipped'),
        after('succeeded', done(-5.2, -5)),
      ],
    },
    {
      ...base,
      id: 'file-unknown',
      state: 'outcome-unknown',
      endedAt: at(-5),
      steps: [
        look(),
        toldAlready(),
        ...flushItems(many(12, 'succeeded')),
        ...spread(
          'outcome-unknown',
          done(-6, -5.5, {
            message: 'lena could not tell either, and stopped it.',
          }),
        ),
        proof('skipped'),
        undo('skipped'),
        after('succeeded', done(-5.2, -5)),
      ],
    },
  ];
}
