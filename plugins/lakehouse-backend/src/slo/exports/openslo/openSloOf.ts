import {
  formatDurationShorthand,
  type BurnRateCondition,
  type SliSource,
  type SloAlertPolicy,
  type SloDefinition,
  type SloObjective,
  type SloWindow,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  BUDGET_POLICY,
  RUNBOOKS,
  SHORT_WINDOW,
} from '../../definitions/openslo/annotations';
import { yamlText } from '../yamlText';
import { openSloName, openSloTitle } from './openSloName';

/** Who is told when nobody is named. */
const OWNER = 'owner';

/** Keeps a policy without conditions: OpenSLO asks for one, and its policy tells nobody. */
const NEVER: BurnRateCondition = {
  name: 'never',
  severity: 'none',
  op: 'gt',
  factor: 1_000_000,
  longMs: 3_600_000,
  alertAfterMs: 0,
};

/** An SLO as an OpenSLO v1 document. What OpenSLO has no word for stands in annotations that are read back. */
export function openSloOf(slo: SloDefinition): string {
  const [first, ...others] = slo.objectives;
  const isSingle = others.length === 0;
  const annotations = {
    ...(slo.budgetPolicy.length > 0 && {
      [BUDGET_POLICY]: slo.budgetPolicy
        .map(
          ({ remaining, action }) =>
            `${Number((remaining * 100).toPrecision(12))}%: ${action}`,
        )
        .join('\n'),
    }),
    ...(slo.runbooks.length > 0 && {
      [RUNBOOKS]: slo.runbooks.join(', '),
    }),
  };
  return yamlText(
    {
      apiVersion: 'openslo/v1',
      kind: 'SLO',
      metadata: {
        name: openSloName(slo.name),
        displayName: openSloTitle(slo.displayName),
        labels: Object.keys(slo.labels).length ? slo.labels : undefined,
        annotations: Object.keys(annotations).length ? annotations : undefined,
      },
      spec: {
        description: slo.description,
        service: slo.service,
        indicator: isSingle ? indicatorOf(first) : undefined,
        timeWindow: [timeWindowOf(slo.window)],
        budgetingMethod: slo.method,
        objectives: slo.objectives.map(objective => ({
          ...objectiveOf(objective),
          compositeWeight: isSingle ? undefined : objective.weight,
          indicator: isSingle ? undefined : indicatorOf(objective),
        })),
        alertPolicies: slo.alertPolicies.length
          ? slo.alertPolicies.flatMap(policiesOf)
          : undefined,
      },
    },
    [],
  );
}

function objectiveOf({ displayName, threshold, target, slice }: SloObjective) {
  return {
    displayName,
    op: threshold?.op,
    value: threshold?.value,
    target,
    timeSliceTarget: slice?.target,
    timeSliceWindow: slice && formatDurationShorthand(slice.durationMs),
  };
}

function indicatorOf({ sli, threshold }: SloObjective) {
  const { name, displayName, description, source } = sli;
  return {
    metadata: {
      name: openSloName(name),
      displayName: openSloTitle(displayName),
    },
    spec: { description, ...metricOf(source, threshold?.unit) },
  };
}

function metricOf(source: SliSource, unit: string | undefined) {
  const metric = (spec: object) => ({
    metricSource: { type: source.type, spec },
  });
  if (source.type === 'lakehouse') {
    const { type, filter, ...rest } = source;
    const where = Object.keys(filter).length ? filter : undefined;
    const own = metric({ ...rest, where, unit });
    return unit === undefined
      ? { ratioMetric: { rawType: 'success', raw: own } }
      : { thresholdMetric: own };
  }
  const { connection, query } = source;
  const of = (text: string) => metric({ connection, query: text, unit });
  switch (query.kind) {
    case 'threshold':
      return { thresholdMetric: of(query.value) };
    case 'raw':
      return {
        ratioMetric: { rawType: query.rawType, raw: of(query.raw) },
      };
    case 'ratio':
      return {
        ratioMetric: {
          counter: query.counter,
          good: of(query.good),
          total: of(query.total),
        },
      };
    default:
      return {
        ratioMetric: {
          counter: query.counter,
          bad: of(query.bad),
          total: of(query.total),
        },
      };
  }
}

function timeWindowOf(window: SloWindow) {
  if (window.kind === 'rolling') {
    return {
      duration: formatDurationShorthand(window.durationMs),
      isRolling: true,
    };
  }
  const { count, unit, startTime, timeZone } = window;
  return {
    duration: formatDurationShorthand({ count, unit }),
    isRolling: false,
    calendar: { startTime: startTime.replace('T', ' '), timeZone },
  };
}

/** OpenSLO has one condition a policy. */
function policiesOf(policy: SloAlertPolicy) {
  const { conditions, targets } = policy;
  const named = conditions.length ? conditions : [NEVER];
  return named.map(condition => ({
    kind: 'AlertPolicy',
    metadata: {
      name: openSloName(
        named.length > 1 ? `${policy.name}-${condition.name}` : policy.name,
      ),
      displayName: openSloTitle(policy.displayName),
    },
    spec: {
      alertWhenBreaching: policy.whenBreaching,
      alertWhenResolved: policy.whenResolved,
      alertWhenNoData: policy.whenNoData,
      conditions: [conditionOf(condition)],
      notificationTargets: (targets.length ? targets : [OWNER]).map(
        targetRef => ({ targetRef }),
      ),
    },
  }));
}

function conditionOf(condition: BurnRateCondition) {
  const { name, severity, op, factor, longMs, shortMs, alertAfterMs } =
    condition;
  return {
    kind: 'AlertCondition',
    metadata: {
      name: openSloName(name),
      annotations:
        shortMs === undefined
          ? undefined
          : { [SHORT_WINDOW]: formatDurationShorthand(shortMs) },
    },
    spec: {
      severity,
      condition: {
        kind: 'burnrate',
        op,
        threshold: factor,
        lookbackWindow: formatDurationShorthand(longMs),
        alertAfter: formatDurationShorthand(alertAfterMs),
      },
    },
  };
}
