import type { Run, RunWaiting } from '@lakehouse-ops/plugin-runbooks-common';
import type { StepRecord } from '../../store/RunStore';
import type { SessionChange } from '../SessionChange';

/** How a run will end, because of one of its steps. */
export type Verdict = NonNullable<StepRecord['verdict']>;

/** What came of working on a step, or on one entry of its list. */
export type StepOutcome =
  /** Done, or not wanted. */
  | { readonly kind: 'succeeded' }
  /** It went wrong; the change tells so and is to be written with what follows from it. */
  | {
      readonly kind: 'failed';
      readonly verdict: Verdict;
      readonly change: SessionChange;
    }
  /** It goes on when somebody has said or done something. */
  | {
      readonly kind: 'waiting';
      readonly waitingFor: RunWaiting;
      readonly change: SessionChange;
    }
  /** This process has no more to do with it. */
  | { readonly kind: 'over' };

export const SUCCEEDED: StepOutcome = { kind: 'succeeded' };
export const OVER: StepOutcome = { kind: 'over' };

/** A step that failed. */
export function failed(
  error: NonNullable<Run['error']>,
  change: SessionChange,
): StepOutcome {
  return { kind: 'failed', verdict: { state: 'failed', error }, change };
}
