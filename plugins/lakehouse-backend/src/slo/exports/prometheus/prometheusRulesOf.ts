import {
  canFire,
  type SloDefinition,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { conditionsOf, policiesOf } from '../../alerts/conditionsOf';
import type { ExportedSlo } from '../ExportedSlo';
import { hasWindow } from '../promql/PromRange';
import { yamlText } from '../yamlText';
import { alertRule } from './alertRules';
import {
  burnRateRules,
  sloLabels,
  type BurnRateRules,
  type RecordingRule,
} from './burnRateRules';
import { figureRules } from './figureRules';

/** Alerts look at minutes. */
const INTERVAL = '1m';
/** Reading a whole window is dear, and it changes slowly. */
const BUDGET_INTERVAL = '5m';

/**
 * Recording and alerting rules of an SLO for Prometheus: the share that was
 * missed over each lookback, what is left of the budget, and the alerts.
 *
 * @throws InputError when rules can't count it as it is counted here
 */
export function prometheusRulesOf(slo: ExportedSlo): string {
  const { definition, id } = slo;
  const rules = isOfLakehouse(definition)
    ? figureRules(slo)
    : burnRateRules(slo);
  const conditions = conditionsOf(definition).filter(
    ({ policy }) => policy.whenBreaching,
  );
  const lookbacks = new Set(
    conditions.flatMap(({ condition: { longMs, shortMs } }) =>
      shortMs === undefined ? [longMs] : [longMs, shortMs],
    ),
  );
  const groups = [
    {
      // In one group, so that alerts see what was recorded at the same moment.
      name: id,
      interval: INTERVAL,
      rules: [
        ...[...lookbacks]
          .sort((a, b) => a - b)
          .flatMap(lookbackMs => rules.record(lookbackMs)),
        ...conditions.map(condition =>
          alertRule({ definition, condition, rules }),
        ),
      ],
    },
    {
      name: `${id} budget`,
      interval: BUDGET_INTERVAL,
      rules: budgetRules(slo, rules, lookbacks),
    },
  ];
  return yamlText(
    { groups: groups.filter(group => group.rules.length > 0) },
    notesOf(slo),
  );
}

/** Whether some of it is counted by the Lakehouse backend. */
function isOfLakehouse({ objectives }: SloDefinition): boolean {
  return objectives.some(({ sli }) => sli.source.type === 'lakehouse');
}

function budgetRules(
  slo: ExportedSlo,
  rules: BurnRateRules,
  recorded: ReadonlySet<number>,
): RecordingRule[] {
  const { window } = slo.definition;
  if (window.kind !== 'rolling' || isOfLakehouse(slo.definition)) return [];
  return [
    ...(recorded.has(window.durationMs) ? [] : rules.record(window.durationMs)),
    {
      record: 'slo:error_budget_remaining:ratio',
      expr: `1 - ${rules.burnRate(window.durationMs)}`,
      labels: sloLabels(slo),
    },
  ];
}

function notesOf(slo: ExportedSlo): string[] {
  const { id, definition } = slo;
  return [
    `Rules of the SLO ${id}, made by Lakehouse Ops for Backstage. Check them: promtool check rules <this file>`,
    'Factors of alerts allow for a billionth, so that the rounding of binary fractions decides nothing.',
    'While nothing is measured these alerts resolve; in Lakehouse Ops they keep their state.',
    ...(isOfLakehouse(definition)
      ? [
          'slo_burn_rate comes from the metrics of the Lakehouse backend, which counts what Prometheus does not hold; let Prometheus scrape them. What is left of the budget is there already, as slo_error_budget_remaining_ratio.',
        ]
      : countNotes(definition)),
    ...alertNotes(definition),
  ];
}

function countNotes({ window, method, objectives }: SloDefinition): string[] {
  const ranged = objectives.some(
    ({ sli: { source } }) =>
      source.type === 'prometheus' &&
      source.query.kind === 'raw' &&
      hasWindow(source.query.raw),
  );
  return [
    'Planned maintenance and corrections are not known to Prometheus: what happens in them counts.',
    ...(ranged
      ? [
          'The ratio is asked for each lookback itself; Lakehouse Ops takes the mean of its minutes.',
        ]
      : []),
    ...(method === 'Occurrences'
      ? []
      : [
          'Time slices are counted by subqueries, which read all samples of their lookback at each evaluation.',
        ]),
    ...(window.kind === 'calendar'
      ? [
          'PromQL knows no calendar, so that there is no rule for the budget of the window; the alerts are complete.',
        ]
      : []),
  ];
}

function alertNotes(definition: SloDefinition): string[] {
  const policies = policiesOf(definition);
  const target = Math.max(...definition.objectives.map(one => one.target));
  const weight = definition.objectives.reduce(
    (sum, one) => sum + one.weight,
    0,
  );
  const told = policies.filter(({ whenBreaching }) => whenBreaching);
  return [
    ...(told.some(({ conditions }) => conditions.length)
      ? [
          'Who is told is left to Alertmanager; targets of alert policies are not carried over.',
        ]
      : ['This SLO has no alerts that tell of a breach.']),
    ...(policies.some(({ whenNoData }) => whenNoData)
      ? ['That there is no data is not told by these rules.']
      : []),
    ...conditionsOf(definition).flatMap(({ condition }) => {
      const check = canFire(condition, target, weight);
      return check.fires ? [] : [`${check.note}.`];
    }),
  ];
}
