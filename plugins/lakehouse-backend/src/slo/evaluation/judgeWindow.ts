import type {
  MsSpan,
  SliceSums,
  SloAttainment,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { judgeObjective, judgeSlo } from '../reads/judgeParts';
import type { PartCounts } from '../reads/readCounts';
import type { EvaluationPlan } from './EvaluationPlan';

/** What was attained over the window, and what of it was observed. */
export interface JudgedWindow extends SloAttainment {
  /** Of the only objective; of composites the one that spent most of its budget. */
  readonly target: number;
  readonly coverage?: number;
  readonly observedMinutes: number;
  /** What each objective may spend in the window, by its key. */
  readonly allowed: ReadonlyMap<string, number>;
}

export function judgeWindow(
  plan: EvaluationPlan,
  counts: readonly PartCounts[],
  jointIn: ((span: MsSpan) => SliceSums) | undefined,
): JudgedWindow {
  const { definition } = plan.story.slo;
  const { wholeWindow, window } = plan;
  const objectives = definition.objectives.map(objective => ({
    ...objective,
    budget: judgeObjective(
      counts.filter(({ part }) => part.key === objective.key),
      wholeWindow,
    ).budget,
  }));
  const worst = objectives.reduce((a, b) =>
    (b.budget?.remaining ?? Infinity) < (a.budget?.remaining ?? Infinity)
      ? b
      : a,
  );
  const observedMinutes = sumOf(counts, each => each.observedMinutes);
  const minutes = sumOf(counts, each => each.minutes);
  return {
    ...judgeSlo(definition, counts, { wholeWindow, joint: jointIn?.(window) }),
    target: worst.target,
    observedMinutes,
    ...(minutes > 0
      ? { coverage: Math.min(1, observedMinutes / minutes) }
      : {}),
    allowed: new Map(
      objectives.flatMap(({ key, budget }) =>
        budget ? [[key, budget.allowed] as const] : [],
      ),
    ),
  };
}

function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
