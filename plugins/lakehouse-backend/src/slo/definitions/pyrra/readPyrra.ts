import type {
  PrometheusSliSource,
  SloDefinition,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { importedName } from '../imports/importedName';
import { percentTarget } from '../imports/percentTarget';
import { readPromql } from '../openslo/readPromql';
import { readSpec } from '../openslo/readSpec';
import { checkAlerts } from '../openslo/resolveSlo';
import { prometheusOf } from '../openslo/SourceRef';
import type { ParsedSlo, SloParseContext } from '../SloFile';
import { quote } from '../yaml/fields';
import type { Spot } from '../yaml/Spot';
import { parsePrometheusDuration } from './prometheusDuration';
import { pyrraAlerts } from './pyrraAlerts';
import { PyrraIndicator, pyrraObjective, PyrraObjective } from './pyrraSchema';

export const PYRRA_VERSION = 'pyrra.dev/v1alpha1';

const LABEL_PREFIX = 'pyrra.dev/';
const DAY_MS = 86_400_000;

/** Settings of the rules that Pyrra makes; what is promised does not depend on them. */
const RULE_SETTINGS = [
  'partial_response_strategy',
  'performanceOverAccuracy',
  'ruleOutput',
] as const;

/** Reads a ServiceLevelObjective of Pyrra. */
export function readPyrra(
  value: unknown,
  place: { spot: Spot; context: SloParseContext },
): ParsedSlo[] {
  const { spot, context } = place;
  const read = readSpec(pyrraObjective, value, spot);
  if (!read) return [];
  const definition = definitionOf(read, { spot, context });
  return definition ? [{ definition, line: spot.line }] : [];
}

function definitionOf(
  { metadata, spec }: PyrraObjective,
  place: { spot: Spot; context: SloParseContext },
): SloDefinition | undefined {
  const { spot, context } = place;
  const at = spot.at('spec');
  for (const setting of RULE_SETTINGS) {
    if (spec[setting] === undefined) continue;
    at.at(setting).warn(
      `${setting} is about the rules that Pyrra makes and is not carried over. The promise stays the same.`,
    );
  }
  const percent = Number(spec.target);
  const target = percentTarget(
    spec.target.trim() === '' ? NaN : percent,
    at.at('target'),
  );
  const windowMs = windowOf(spec.window, { spot: at.at('window'), context });
  const query = queryOf(spec.indicator, {
    at: at.at('indicator'),
    name: metadata.name,
  });
  const connection = prometheusOf(spot, context);
  if (
    target === undefined ||
    windowMs === undefined ||
    !query ||
    connection === undefined
  ) {
    return undefined;
  }
  const alertPolicies = pyrraAlerts(spec.alerting, windowMs);
  const definition: SloDefinition = {
    name: importedName(metadata.name),
    displayName: metadata.name,
    ...(spec.description && { description: spec.description }),
    service: metadata.name,
    labels: labelsOf(metadata.labels ?? {}),
    window: { kind: 'rolling', durationMs: windowMs },
    method: 'Occurrences',
    objectives: [
      {
        key: '0',
        sli: {
          name: metadata.name,
          source: { type: 'prometheus', connection, query },
        },
        target,
        weight: 1,
      },
    ],
    alertPolicies,
    budgetPolicy: [],
    runbooks: [],
  };
  checkAlerts({
    policies: alertPolicies,
    objectives: definition.objectives,
    windowMs,
    spot: at.at('alerting'),
  });
  return definition;
}

function windowOf(
  text: string,
  { spot, context }: { spot: Spot; context: SloParseContext },
): number | undefined {
  const ms = parsePrometheusDuration(text);
  if (!ms || ms < 60_000) {
    return spot.error(
      `${quote(
        text,
      )} is no window. Write a duration of at least a minute as Prometheus does, such as 4w or 30d.`,
    );
  }
  const { retentionDays = 400 } = context;
  if (ms > retentionDays * DAY_MS) {
    spot.warn(
      `The window lasts ${Math.ceil(
        ms / DAY_MS,
      )} days, but counts are kept for ${retentionDays}, so what is older never counts. Shorten it, or raise lakehouse.slo.retentionDays.`,
    );
  }
  return Math.round(ms / 60_000) * 60_000;
}

function queryOf(
  indicator: PyrraIndicator,
  { at, name }: { at: Spot; name: string },
): PrometheusSliSource['query'] | undefined {
  const { ratio, latency, latencyNative, bool_gauge: gauge } = indicator;
  const written = [ratio, latency, latencyNative, gauge].filter(
    kind => kind !== undefined,
  );
  if (written.length !== 1) {
    return at.error(
      `${
        written.length ? 'Several kinds of indicator are' : 'No indicator is'
      } written; it takes exactly one. Write ratio, latency or bool_gauge.`,
    );
  }
  if (latencyNative) {
    return at
      .at('latencyNative')
      .warn(
        `The SLO ${quote(
          name,
        )} is left out: native histograms can't be asked for yet. Write it as latency over the classic histogram, or as an OpenSLO file with the PromQL of your own.`,
      );
  }
  if (written[0]?.grouping?.length) {
    at.at(kindOf(indicator), 'grouping').warn(
      'grouping makes an SLO of each group in Pyrra; here all groups are counted together in one. Write an SLO for each group that matters.',
    );
  }
  if (gauge) {
    const metric = selector(gauge.metric, at.at('bool_gauge', 'metric'));
    return metric === undefined
      ? undefined
      : {
          kind: 'ratio',
          good: `sum(sum_over_time(${metric}[{{.window}}]))`,
          total: `sum(count_over_time(${metric}[{{.window}}]))`,
          counter: false,
        };
  }
  const kind = at.at(kindOf(indicator));
  const total = selector(
    (ratio ?? latency)?.total.metric ?? '',
    kind.at('total', 'metric'),
  );
  const part = ratio
    ? selector(ratio.errors.metric, kind.at('errors', 'metric'))
    : selector(latency?.success.metric ?? '', kind.at('success', 'metric'));
  if (total === undefined || part === undefined) return undefined;
  return ratio
    ? {
        kind: 'bad-ratio',
        // A counter of errors is often not there before the first error.
        bad: `${increase(part)} or vector(0)`,
        total: increase(total),
        counter: false,
      }
    : {
        kind: 'ratio',
        good: `${increase(part)} or vector(0)`,
        total: increase(total),
        counter: false,
      };
}

function kindOf({ ratio, latency }: PyrraIndicator) {
  if (ratio) return 'ratio';
  return latency ? 'latency' : 'bool_gauge';
}

function increase(metric: string): string {
  return `sum(increase(${metric}[{{.window}}]))`;
}

/** A metric with its labels and nothing round it, which is all that Pyrra takes. */
function selector(text: string, spot: Spot): string | undefined {
  const query = readPromql(text, spot);
  if (query === undefined) return undefined;
  if (/^([a-zA-Z_:][\w:]*)?\s*(\{[\s\S]*\})?$/.test(query)) return query;
  return spot.error(
    `${quote(
      query,
    )} is more than a metric with labels; functions and ranges are put round it by the reader. Write the metric only.`,
  );
}

function labelsOf(labels: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(labels).map(([key, value]) => [
      key.startsWith(LABEL_PREFIX) ? key.slice(LABEL_PREFIX.length) : key,
      value,
    ]),
  );
}
