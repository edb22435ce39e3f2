import type {
  BurnRateCondition,
  SloDefinition,
  ThresholdOperator,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { PolicyCondition } from '../../alerts/conditionsOf';
import { promDuration } from '../promql/promDuration';
import { bracketed, figure } from '../promql/text';
import type { BurnRateRules } from './burnRateRules';
import { plainTemplate, promLabels } from './promLabels';

/** An alerting rule. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Burn rates that differ by less than this share are equal, as in `meetsBurnRate`. */
const COMPARE: Readonly<Record<ThresholdOperator, string>> = {
  gte: '>= 0.999999999 *',
  gt: '> 1.000000001 *',
  lte: '<= 1.000000001 *',
  lt: '< 0.999999999 *',
};

const RESERVED = ['alertname', 'slo', 'service', 'severity', 'condition'];

/** The alert of a condition: the long and the short lookback both meet the factor. */
export function alertRule(options: {
  readonly definition: SloDefinition;
  readonly condition: PolicyCondition;
  readonly rules: BurnRateRules;
}): AlertRule {
  const { definition, rules } = options;
  const { key, condition } = options.condition;
  const { op, factor, longMs, shortMs, alertAfterMs, severity } = condition;
  const meets = (lookbackMs: number) =>
    `${rules.burnRate(lookbackMs)} ${COMPARE[op]} ${figure(factor)}`;
  return {
    alert: 'SLOBudgetBurn',
    expr: [longMs, ...(shortMs === undefined ? [] : [shortMs])]
      .map(lookbackMs => bracketed(meets(lookbackMs)))
      .join('\nand\n'),
    ...(alertAfterMs > 0 && { for: promDuration(alertAfterMs) }),
    labels: {
      ...promLabels(definition.labels, RESERVED),
      severity: plainTemplate(severity),
      condition: plainTemplate(key),
    },
    annotations: annotationsOf(definition, condition),
  };
}

function annotationsOf(
  definition: SloDefinition,
  { factor, longMs, shortMs, op }: BurnRateCondition,
): Record<string, string> {
  const { runbooks, description } = definition;
  const title = definition.displayName ?? definition.name;
  const lookbacks = [longMs, ...(shortMs === undefined ? [] : [shortMs])]
    .map(promDuration)
    .join(' and ');
  return {
    summary: `${plainTemplate(title)} (${plainTemplate(
      definition.service,
    )}): the error budget is spent {{ $value | printf "%.1f" }} times as fast as planned`,
    description: [
      `Over the last ${lookbacks} the burn rate was ${
        op === 'gte' || op === 'gt' ? 'at or above' : 'at or below'
      } ${figure(factor)}. At 1 the budget lasts just the window.`,
      ...(description ? [plainTemplate(description)] : []),
    ].join(' '),
    ...(runbooks.length && {
      runbooks: plainTemplate(runbooks.join(', ')),
    }),
  };
}
