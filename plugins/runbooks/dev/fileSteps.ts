import type { RunStep } from '@lakehouse-ops/plugin-runbooks-common';
import { prefixTarget } from './fileWorld';

const MINUTE_MS = 60_000;

/** The time so many minutes from now. */
export const at = (minutes: number) =>
  new Date(Date.now() + minutes * MINUTE_MS).toISOString();

type Part = Partial<RunStep>;

/** A phase of a step; its id says which. */
export const step = (
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

/** When a phase began and ended, in minutes from now. */
export const done = (from: number, to: number, part: Part = {}): Part => ({
  startedAt: at(from),
  endedAt: at(to),
  ...part,
});

const PREFIXES = Array.from(
  { length: 12 },
  (_, n) => `superset:chart-data:${n.toString(16)}*`,
);

/** The flush of each prefix, in these states and pending after them. */
export function flushItems(states: ReadonlyArray<RunStep['state']>): RunStep[] {
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

/** Looked, and went on. */
export const look = () =>
  step('look/check', 'See how bad it is', 'succeeded', {
    ...done(-10, -9.8),
    actionId: 'redis:inspect-prefix',
    message: '18,300 keys in 12 prefixes; 7 % hit ratio.',
  });
/** Asks a person to tell others. */
export const tell = (state: RunStep['state'], part: Part = {}) =>
  step('tell/manual', 'Tell those who look at the dashboards', state, part);
/** Somebody told others. */
export const toldAlready = () =>
  tell(
    'succeeded',
    done(-9.8, -8, { message: 'olivia: "posted, 3 people reacted".' }),
  );
/** The flush, before its entries are known. */
export const flushPending = (state: RunStep['state'] = 'pending') =>
  step('flush/check', 'Flush broken prefixes', state);
/** Spreads the expiry. */
export const spread = (state: RunStep['state'], part: Part = {}) =>
  (['check', 'execute', 'verify'] as const).map(kind =>
    step(
      `spread/${kind}`,
      'Spread expiry over ten minutes',
      kind === 'execute' || state !== 'failed' ? state : 'succeeded',
      part,
    ),
  );
/** Proves that it helped. */
export const proof = (state: RunStep['state'], part: Part = {}) =>
  step('proof/verify', 'Hit ratio is back above 90 %', state, part);
/** What is always done at the end. */
export const after = (state: RunStep['state'], part: Part = {}) =>
  step('all-clear/execute', 'Tell the channel how it ended', state, {
    section: 'finally',
    ...part,
  });
/** What is done after a failure. */
export const undo = (state: RunStep['state'], part: Part = {}) =>
  step('undo/execute', 'Give the old TTLs back', state, {
    section: 'onFailure',
    ...part,
  });
/** What comes after the flush, not reached yet. */
export const rest = () => [
  ...spread('pending'),
  proof('pending'),
  undo('pending'),
  after('pending'),
];

/** The same state, so many times. */
export const many = (count: number, state: RunStep['state']) =>
  Array.from({ length: count }, () => state);
