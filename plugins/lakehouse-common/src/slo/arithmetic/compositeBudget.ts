import { InputError } from '@backstage/errors';
import type { BudgetingMethod } from '../definition';
import { attain, type SloAttainment } from './attain';
import { errorShare } from './errorShare';
import type { SliceSums, SloSums } from './SloSums';
import { errorBudget } from './versionedBudget';

/** One objective of a composite with what was counted for it. @public */
export interface CompositeObjective {
  readonly key: string;
  readonly target: number;
  /** 0 and up; below 0 counts as 0. */
  readonly weight: number;
  readonly sums: SloSums;
  readonly sliceMs?: number;
  /** As in `attain`. */
  readonly windowSlices?: number;
}

/** What a composite attained. @public */
export interface CompositeAttainment extends SloAttainment {
  /** The target that its budget is counted with. */
  readonly target?: number;
  /** The objective that the target is of: the one that spent the largest share of its own budget. */
  readonly worst?: string;
  /** Each objective by itself, in the order given. */
  readonly objectives: ReadonlyArray<SloAttainment & { readonly key: string }>;
}

/**
 * Attainment, budget and burn rate of several objectives together.
 *
 * Occurrences: spent share = Σ weightᵢ·spent shareᵢ, burn rate = Σ weightᵢ·burn rateᵢ.
 * Timeslices: by the slices of all together (`joint`, see `jointSliceSums`);
 * weights have no effect on what is either good or bad.
 * RatioTimeslices: attainment = 1 − Σ weightᵢ·(1 − attainmentᵢ), at least 0.
 *
 * The target is that of the objective which spent the largest share of its own
 * budget, and attainment = 1 − (1 − target)·burn rate, at least 0. Objectives
 * without data neither heal nor burn. One objective of weight 1 gives what
 * `attain` gives.
 *
 * Source: OpenSLO v1, "Notes (Composite SLO)".
 *
 * @throws InputError as `attain`; when Timeslices come without `joint`; and for
 * a weight that is no number.
 * @public
 */
export function compositeBudget(options: {
  readonly method: BudgetingMethod;
  readonly objectives: readonly CompositeObjective[];
  /** Of Timeslices: slices over all objectives, and of how many in the calendar window. */
  readonly joint?: SliceSums;
}): CompositeAttainment {
  const { method, objectives } = options;
  const parts = objectives.map(objective => ({
    objective,
    weight: weightOf(objective),
    ...attain({ method, ...objective }),
  }));
  const result = {
    objectives: parts.map(
      ({ objective, attainment, budget, burnRate, problems }) => ({
        key: objective.key,
        attainment,
        budget,
        burnRate,
        problems,
      }),
    ),
    problems: parts.flatMap(({ objective, problems }) =>
      problems.map(problem => `objective ${objective.key}: ${problem}`),
    ),
  };

  const counted = parts.flatMap(part =>
    part.budget && part.attainment !== undefined && part.burnRate !== undefined
      ? [
          {
            ...part,
            attainment: part.attainment,
            budget: part.budget,
            burnRate: part.burnRate,
          },
        ]
      : [],
  );
  if (counted.length === 0) {
    return result;
  }
  const worst = counted.reduce((a, b) =>
    b.budget.remaining < a.budget.remaining ? b : a,
  );
  const { target, key } = worst.objective;
  const named = { ...result, target, worst: key };

  if (method === 'Timeslices') {
    if (!options.joint) {
      throw new InputError(
        'A composite with Timeslices needs the slices of all objectives together (joint)',
      );
    }
    return {
      ...named,
      ...attain({
        method,
        target,
        sums: { good: 0, total: 0, slices: options.joint },
        sliceMs: worst.objective.sliceMs,
        windowSlices: worst.objective.windowSlices,
      }),
      problems: result.problems,
    };
  }

  const share = errorShare(target);
  const { unit, allowed } = worst.budget;
  if (method === 'RatioTimeslices') {
    const missing = Math.min(
      1,
      sum(counted, p => p.weight * (1 - p.attainment)),
    );
    const slicesMs =
      (worst.objective.sums.slices?.total ?? 0) *
      (worst.objective.sliceMs ?? 0);
    return {
      ...named,
      attainment: 1 - missing,
      burnRate: missing / share,
      budget: errorBudget({ unit, allowed, spent: missing * slicesMs }),
    };
  }
  const burn = sum(counted, part => part.weight * part.burnRate);
  const spentShare = sum(
    counted,
    part => part.weight * (part.budget.spent / part.budget.allowed),
  );
  return {
    ...named,
    attainment: Math.max(0, 1 - share * burn),
    burnRate: burn,
    budget: errorBudget({ unit, allowed, spent: spentShare * allowed }),
  };
}

function weightOf({ key, weight }: CompositeObjective): number {
  if (!Number.isFinite(weight)) {
    throw new InputError(
      `Objective ${key} weighs ${weight}; give compositeWeight as a number from 0 up`,
    );
  }
  return Math.max(0, weight);
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
