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
  const rules = burnRateRules(slo);
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
      name: `${id} ratios`,
      interval: INTERVAL,
      rules: [...lookbacks]
        .sort((a, b) => a - b)
        .flatMap(lookbackMs => rules.record(lookbackMs)),
    },
    {
      name: `${id} budget`,
      interval: BUDGET_INTERVAL,
      rules: budgetRules(slo, rules, lookbacks),
    },
    {
      name: `${id} alerts`,
      interval: INTERVAL,
      rules: conditions.map(condition =>
        alertRule({ definition, condition, rules }),
      ),
    },
  ];
  return yamlText(
    { groups: groups.filter(group => group.rules.length > 0) },
    notesOf(slo),
  );
}

function budgetRules(
  slo: ExportedSlo,
  rules: BurnRateRules,
  recorded: ReadonlySet<number>,
): RecordingRule[] {
  const { window } = slo.definition;
  if (window.kind !== 'rolling') return [];
  return [
    ...(recorded.has(window.durationMs) ? [] : rules.record(window.durationMs)),
    {
      record: 'slo:error_budget_remaining:ratio',
      expr: `1 - ${rules.burnRate(window.durationMs)}`,
      labels: sloLabels(slo),
    },
  ];
}

function notesOf({ id, definition }: ExportedSlo): string[] {
  return [
    `Rules of the SLO ${id}, made by Lakehouse Ops for Backstage. Check them: promtool check rules <this file>`,
    'Factors of alerts allow for a billionth, so that the rounding of binary fractions decides nothing.',
    'While nothing is measured these alerts resolve; in Lakehouse Ops they keep their state.',
    'Planned maintenance and corrections are not known to Prometheus: what happens in them counts.',
    ...sourceNotes(definition),
    ...(definition.window.kind === 'calendar'
      ? [
          'PromQL knows no calendar, so that there is no rule for the budget of the window; the alerts are complete.',
        ]
      : []),
    ...alertNotes(definition),
  ];
}

function sourceNotes({ method, objectives }: SloDefinition): string[] {
  const sources = objectives.map(({ sli }) => sli.source);
  const lakehouse = sources.some(({ type }) => type === 'lakehouse');
  const ranged = sources.some(
    source =>
      source.type === 'prometheus' &&
      source.query.kind === 'raw' &&
      hasWindow(source.query.raw),
  );
  return [
    ...(lakehouse
      ? [
          'slo_events_total and slo_events_good_total come from the metrics of the Lakehouse backend; let Prometheus scrape them. They tell of events up to two minutes late.',
        ]
      : []),
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
