import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { fileRun } from './fileRun';
import {
  after,
  at,
  done,
  flushItems,
  flushPending,
  look,
  many,
  proof,
  rest,
  spread,
  toldAlready,
  undo,
} from './fileSteps';
import { waitingRuns } from './waitingRuns';

/** Runs of a runbook file, in each state that they can be in. */
export function fileRuns(): Run[] {
  const base = fileRun();
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
  return [
    { ...base, id: 'file-running', state: 'running', steps: running },
    ...waitingRuns(),
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
