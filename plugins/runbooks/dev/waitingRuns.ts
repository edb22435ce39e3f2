import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { fileRun } from './fileRun';
import {
  after,
  at,
  flushItems,
  flushPending,
  look,
  many,
  proof,
  rest,
  spread,
  step,
  tell,
  toldAlready,
  undo,
} from './fileSteps';

/** Whoever looks at these pages. */
export const VIEWER = 'user:development/guest';

/** Runs of a runbook file that wait, for each thing that they can wait for. */
export function waitingRuns(): Run[] {
  const base = fileRun();
  const { preview } = base;
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
  ];
}
