import type { BudgetingMethod } from '../definition';
import type { ErrorBudget } from '../views';
import type { SloSums } from './SloSums';
import { versionedBudget } from './versionedBudget';

/** What was attained over a time, and what that leaves of the budget. @public */
export interface SloAttainment {
  /** 0 to 1. Absent when there was nothing to count. */
  readonly attainment?: number;
  /** Absent when there was nothing to count. */
  readonly budget?: ErrorBudget;
  /** (1 − attainment) / (1 − target) over the time that the sums cover. */
  readonly burnRate?: number;
  /** Why figures were left out or trimmed, each a clause for people. */
  readonly problems: readonly string[];
}

/** What to attain and what was counted. @public */
export interface AttainOptions {
  readonly method: BudgetingMethod;
  /** Above 0 and below 1. */
  readonly target: number;
  readonly sums: SloSums;
  /** Length of a slice, of Timeslices and RatioTimeslices. */
  readonly sliceMs?: number;
  /** Slices of the whole calendar window less excluded ones; absent for rolling windows, whose counted slices are all there is. */
  readonly windowSlices?: number;
}

/**
 * Attainment and error budget of one objective under one definition.
 *
 * Occurrences: attainment = Σgood/Σtotal; in events, allowed = (1 − target)·Σtotal
 * and spent = Σtotal − Σgood. Timeslices: attainment = good slices / slices;
 * RatioTimeslices: attainment = Σratio/slices; in milliseconds, allowed =
 * (1 − target)·N·slice and spent = (slices − good slices)·slice, or
 * (slices − Σratio)·slice. N is the number of counted slices, or `windowSlices`.
 * Remaining = 1 − spent/allowed, which may be negative.
 *
 * Source: OpenSLO v1, "budgetingMethod"; Google SRE workbook, chapters 2 and 5.
 *
 * @throws InputError when the target is not above 0 and below 1, or when a
 * method of slices has no slice length.
 * @public
 */
export function attain(options: AttainOptions): SloAttainment {
  const { method, ...span } = options;
  return versionedBudget({ spans: [{ ...span, method }] });
}

/**
 * Burn rate over the time that the sums cover: (1 − attainment)/(1 − target). At 1
 * the budget lasts just the window. Undefined when there was nothing to count.
 *
 * Source: Google SRE workbook, chapter 5, "Alert on Burn Rate".
 *
 * @throws InputError as `attain`.
 * @public
 */
export function burnRate(
  options: Omit<AttainOptions, 'windowSlices'>,
): number | undefined {
  return attain(options).burnRate;
}
