import type { RunStep } from '@lakehouse-ops/plugin-runbooks-common';

/** What the phases of a step have to tell, taken together. */
export interface StepFacts {
  readonly startedAt?: string;
  /** When the last phase ended; absent while one goes on. */
  readonly endedAt?: string;
  readonly ticking: boolean;
  /** What went wrong, or else the last that was said. */
  readonly message?: string;
  /** From the second on. */
  readonly attempt?: number;
}

const GOES_ON: ReadonlyArray<RunStep['state']> = [
  'running',
  'verifying',
  'waiting',
];

/** Puts together what the phases of a step tell. */
export function stepFacts(phases: readonly RunStep[]): StepFacts {
  const starts = phases.flatMap(({ startedAt }) => startedAt ?? []).sort();
  const ends = phases.flatMap(({ endedAt }) => endedAt ?? []).sort();
  const ticking = phases.some(({ state }) => GOES_ON.includes(state));
  const telling = phases.filter(({ message }) => message);
  const failed = telling.find(({ state }) =>
    ['failed', 'outcome-unknown'].includes(state),
  );
  const attempts = phases.map(({ attempt }) => attempt ?? 1);
  const attempt = Math.max(1, ...attempts);
  return {
    startedAt: starts[0],
    endedAt: ticking ? undefined : ends[ends.length - 1],
    ticking,
    message: (failed ?? telling[telling.length - 1])?.message,
    ...(attempt > 1 ? { attempt } : {}),
  };
}
