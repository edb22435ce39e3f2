import { InputError } from '@backstage/errors';
import { isCount } from './SloSums';

/** Budget spent in a piece of time. @public */
export interface SpentBucket {
  /** How much of it was observed, in ms. */
  readonly observedMs: number;
  /** Share of the window's budget. */
  readonly spent: number;
}

/** How fast budget is spent, and how evenly. @public */
export interface SpendPace {
  /** Shares of the budget per ms. */
  readonly perMs: number;
  /** Variance of what is spent in a ms, taking pieces of time as independent: it grows with time. */
  readonly variancePerMs: number;
  /** Over how much observed time both were taken. */
  readonly observedMs: number;
}

/**
 * Pace of spending over pieces of time (hours, unless the window is short):
 * pace = Σ spentᵢ / Σ tᵢ, variance = Σ (spentᵢ − pace·tᵢ)² / tᵢ / (n − 1). One piece
 * alone shows no variance, so it counts as varying by as much as it spent.
 * Undefined when nothing was observed.
 *
 * Source: sample mean and variance of increments of a process with independent
 * increments; with n equal pieces these are the usual estimators.
 *
 * @throws InputError when a figure is NaN, infinite or below 0.
 * @public
 */
export function spendPace(
  buckets: readonly SpentBucket[],
): SpendPace | undefined {
  const bad = buckets.find(
    ({ observedMs, spent }) => !isCount(observedMs) || !isCount(spent),
  );
  if (bad) {
    throw new InputError(
      `${bad.spent} of the budget in ${bad.observedMs} ms is no pace; give finite figures from 0 up`,
    );
  }
  const seen = buckets.filter(({ observedMs }) => observedMs > 0);
  const observedMs = seen.reduce((sum, each) => sum + each.observedMs, 0);
  if (observedMs === 0) {
    return undefined;
  }
  const perMs = seen.reduce((sum, { spent }) => sum + spent, 0) / observedMs;
  if (seen.length === 1) {
    return { perMs, variancePerMs: perMs * perMs * observedMs, observedMs };
  }
  const squares = seen.reduce(
    (sum, each) =>
      sum + (each.spent - perMs * each.observedMs) ** 2 / each.observedMs,
    0,
  );
  return { perMs, variancePerMs: squares / (seen.length - 1), observedMs };
}
