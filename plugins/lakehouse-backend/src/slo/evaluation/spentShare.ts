import { judgeObjective, type CountedPart } from '../reads/judgeParts';
import type { EvaluationPlan } from './EvaluationPlan';

/**
 * Share of the window's budget that was spent by what was counted in a piece of
 * it; of composites the weighted sum of their objectives' shares.
 *
 * @param allowed - what each objective may spend in the window, by its key
 */
export function spentShare(
  plan: EvaluationPlan,
  counts: readonly CountedPart[],
  allowed: ReadonlyMap<string, number>,
): number {
  const { objectives } = plan.story.slo.definition;
  return objectives.reduce((sum, { key, weight }) => {
    const whole = allowed.get(key);
    const { budget } = judgeObjective(
      counts.filter(({ part }) => part.key === key),
    );
    if (!budget || !whole) return sum;
    const share = budget.spent / whole;
    return sum + (objectives.length === 1 ? 1 : Math.max(0, weight)) * share;
  }, 0);
}
