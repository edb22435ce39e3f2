import { InputError } from '@backstage/errors';
import type {
  SloDefinition,
  SloObjective,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { conditionsOf } from '../../alerts/conditionsOf';
import type { ExportedSlo } from '../ExportedSlo';
import { promLabels } from '../prometheus/promLabels';
import { countsOf } from '../promql/countsOf';
import { errorRatioOf } from '../promql/errorRatioOf';
import { hasWindow, TEMPLATE_RANGE } from '../promql/PromRange';
import { yamlText } from '../yamlText';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/** Sloth's shortest window; all others are multiples of it. */
const SHORTEST_MS = 5 * MINUTE_MS;
/** Windows that Sloth has factors for. */
const PERIODS_MS = [28 * DAY_MS, 30 * DAY_MS];

/**
 * An SLO as a file of Sloth, `version: prometheus/v1`.
 *
 * @throws InputError when Sloth can't say what the SLO says
 */
export function slothOf(slo: ExportedSlo): string {
  const { definition } = slo;
  const periodDays = periodOf(definition);
  const [objective, ...others] = definition.objectives;
  if (others.length > 0) {
    throw refusal(
      'it has several objectives, and an SLO of Sloth has one',
      'export it as prometheus',
    );
  }
  if (objective.sli.source.type === 'lakehouse') {
    throw refusal(
      'it is counted by Lakehouse Ops, and Sloth asks Prometheus for windows of its own choice',
      'export it as prometheus, whose alerts read the burn rates that the Lakehouse backend exports',
    );
  }
  const labels = promLabels(definition.labels);
  return yamlText(
    {
      version: 'prometheus/v1',
      service: nameOf(definition.service),
      slos: [
        {
          name: nameOf(definition.name),
          description: definition.description ?? definition.displayName,
          objective: Number((objective.target * 100).toPrecision(12)),
          labels: Object.keys(labels).length ? labels : undefined,
          sli: sliOf(definition, objective),
          alerting: alertingOf(definition),
        },
      ],
    },
    [
      `The SLO ${slo.id}, made by Lakehouse Ops for Backstage.`,
      `Make its rules: sloth generate --default-slo-period ${periodDays}d -i <this file>`,
      ...(definition.alertPolicies.length > 0
        ? [
            'Sloth makes its own alerts: 2 % of the budget in 1 h and 5 % in 6 h page, 10 % in 1 d and in 3 d make a ticket. Conditions of the alert policies are not carried over.',
          ]
        : []),
    ],
  );
}

function periodOf({ window }: SloDefinition): number {
  if (window.kind === 'calendar') {
    throw refusal(
      'its window follows the calendar, and Sloth has rolling windows only',
      'export it as prometheus, which carries its alerts over',
    );
  }
  if (!PERIODS_MS.includes(window.durationMs)) {
    throw refusal(
      'Sloth has windows of 28 and 30 days unless it is given others',
      'export it as prometheus',
    );
  }
  return window.durationMs / DAY_MS;
}

function sliOf(definition: SloDefinition, objective: SloObjective) {
  const { method } = definition;
  if (method === 'Occurrences') {
    checkWindows(objective);
    const counts = countsOf(objective, {
      range: TEMPLATE_RANGE,
      counter: 'rate',
    });
    return 'ratio' in counts
      ? { raw: { error_ratio_query: counts.ratio } }
      : { events: { error_query: counts.bad, total_query: counts.total } };
  }
  const sliceMs = objective.slice?.durationMs ?? 0;
  if (SHORTEST_MS % sliceMs !== 0) {
    throw refusal(
      `its slices of ${
        sliceMs / MINUTE_MS
      } minutes don't fill Sloth's shortest window of 5 minutes`,
      'export it as prometheus, or use slices of 1 or 5 minutes',
    );
  }
  return {
    raw: {
      error_ratio_query: errorRatioOf({
        method,
        objectives: [objective],
        range: TEMPLATE_RANGE,
      }),
    },
  };
}

/** Half of a ratio told for a range and half not would be a share of different times. */
function checkWindows({ sli: { source } }: SloObjective) {
  if (source.type !== 'prometheus' || !('total' in source.query)) return;
  const { query } = source;
  const part = query.kind === 'ratio' ? query.good : query.bad;
  if (hasWindow(part) !== hasWindow(query.total)) {
    throw refusal(
      'one of its queries has {{.window}} and the other has not',
      'write it in both, or in none',
    );
  }
}

/** Page and ticket as far as the SLO has alerts of that kind. */
function alertingOf(definition: SloDefinition) {
  const told = conditionsOf(definition)
    .filter(({ policy }) => policy.whenBreaching)
    .map(({ condition }) => condition.severity);
  const kind = (severity: string, other: string) =>
    told.length > 0 && told.some(one => one !== other)
      ? { labels: { severity } }
      : { disable: true };
  return {
    name: 'SLOBudgetBurn',
    page_alert: kind('page', 'ticket'),
    ticket_alert: kind('ticket', 'page'),
  };
}

/** Letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, and at least two of them. */
function nameOf(text: string): string {
  const name = text
    .replace(/[^a-zA-Z0-9._-]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '');
  return name.length > 1 ? name : `slo-${name}`.replace(/-$/, '');
}

function refusal(reason: string, advice: string): InputError {
  return new InputError(
    `This SLO can't be told in a file of Sloth: ${reason}. To take it elsewhere, ${advice}`,
  );
}
