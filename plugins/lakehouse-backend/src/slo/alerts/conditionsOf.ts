import {
  defaultBurnRateConditions,
  type BurnRateCondition,
  type SloAlertPolicy,
  type SloDefinition,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Alerts of SLOs whose owners wrote none. */
const DEFAULT_POLICY: Omit<SloAlertPolicy, 'conditions'> = {
  name: 'default',
  whenBreaching: true,
  whenResolved: true,
  whenNoData: false,
  targets: [],
};

/** A condition with the policy that it is told by. */
export interface PolicyCondition {
  /** Unique within its SLO. */
  readonly key: string;
  readonly condition: BurnRateCondition;
  readonly policy: SloAlertPolicy;
}

/** The policies that stand: what the owners wrote, and where that has no conditions the ones that go with the window. */
export function policiesOf(definition: SloDefinition): SloAlertPolicy[] {
  const { alertPolicies, window } = definition;
  if (alertPolicies.some(({ conditions }) => conditions.length)) {
    return [...alertPolicies];
  }
  const [first = DEFAULT_POLICY, ...others] = alertPolicies;
  const conditions = defaultBurnRateConditions(window);
  return [{ ...first, conditions }, ...others];
}

/** All conditions of an SLO. Where policies use a name twice, the policy's name tells them apart. */
export function conditionsOf(definition: SloDefinition): PolicyCondition[] {
  const all = policiesOf(definition).flatMap(policy =>
    policy.conditions.map(condition => ({ condition, policy })),
  );
  const uses = new Map<string, number>();
  for (const { condition } of all) {
    uses.set(condition.name, (uses.get(condition.name) ?? 0) + 1);
  }
  const taken = new Set<string>();
  return all.flatMap(({ condition, policy }) => {
    const key =
      uses.get(condition.name) === 1
        ? condition.name
        : `${policy.name}/${condition.name}`;
    if (taken.has(key)) return [];
    taken.add(key);
    return [{ key, condition, policy }];
  });
}
