import type { BudgetPolicyStep } from '../definition';

/**
 * The step of a budget policy that is in force: of those whose share is reached
 * (remaining ≤ step), the lowest. Undefined when none is.
 *
 * @public
 */
export function budgetPolicyStep(
  steps: readonly BudgetPolicyStep[],
  remaining: number,
): BudgetPolicyStep | undefined {
  return steps
    .filter(step => remaining <= step.remaining)
    .reduce<BudgetPolicyStep | undefined>(
      (lowest, step) =>
        lowest === undefined || step.remaining < lowest.remaining
          ? step
          : lowest,
      undefined,
    );
}
