import {
  defaultBurnRateConditions,
  type BurnRateCondition,
  type SloDefinition,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Conditions on which an SLO alerts: its owners' own, or those that go with its window. */
export function conditionsOf(
  definition: Pick<SloDefinition, 'alertPolicies' | 'window'>,
): BurnRateCondition[] {
  const own = definition.alertPolicies.flatMap(policy => policy.conditions);
  return own.length ? own : defaultBurnRateConditions(definition.window);
}
