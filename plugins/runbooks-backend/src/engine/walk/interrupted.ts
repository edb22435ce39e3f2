import { toError } from '@backstage/errors';
import type { SessionChange } from '../SessionChange';
import { OVER, type StepOutcome } from './StepOutcome';
import type { Walk } from './Walk';

/**
 * What to do at a safe point instead of going on: let go, or stop because
 * somebody cancelled.
 */
export function interruptedHere(
  walk: Walk,
  change: SessionChange = {},
): StepOutcome | undefined {
  if (walk.stop.aborted) return OVER;
  if (!walk.cancel.aborted) return undefined;
  const nothing = 'It was cancelled before anything was changed.';
  return {
    kind: 'failed',
    change,
    verdict: {
      state: 'cancelled',
      error: walk.plan.single
        ? { message: nothing, alreadyDone: 'Nothing.' }
        : { message: toError(walk.cancel.reason).message },
    },
  };
}
