import {
  evaluateBurnRateAlert,
  type BurnRateCondition,
  type PrometheusSliSource,
  type SloDefinition,
  type SloMinute,
  type SloObjective,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { conditionsOf } from '../../alerts/conditionsOf';
import {
  prometheusMinutes,
  type PrometheusAnswers,
} from '../../rollups/looks/prometheusMinutes';
import { seriesOf } from '../../rollups/seriesOf';
import { type RecordedSeries, SCRAPES_A_MINUTE } from './incidents';

export const MINUTE_MS = 60_000;

/** What Prometheus answers to a query for the ends of minutes, as it would from the recorded series. */
export type Answer = (
  series: readonly RecordedSeries[],
) => ReadonlyArray<(minute: number) => number | undefined>;

/**
 * At the ends of which minutes (epoch ms) the alerts of an SLO fire by our own
 * evaluation, by condition: from what Prometheus answers, through the reading
 * of minutes and the arithmetic that the backend uses.
 */
export function evaluateRecorded(options: {
  definition: SloDefinition;
  answers: Readonly<Record<string, Answer>>;
  series: readonly RecordedSeries[];
  minutes: number;
}): Map<string, Set<number>> {
  const { definition, minutes } = options;
  const objectives = definition.objectives.map(objective => ({
    ...objective,
    minutes: minutesOf({ ...options, objective }),
  }));
  const range = { fromMs: 0, toMs: minutes * MINUTE_MS };
  return new Map(
    conditionsOf(definition).map(({ key, condition }) => [
      key,
      firingOf(
        evaluateBurnRateAlert({
          method: definition.method,
          condition,
          objectives,
          range,
        }),
        range.toMs,
      ),
    ]),
  );
}

/** By severity, as Sloth has one alert of each. */
export function bySeverity(
  definition: SloDefinition,
  firing: ReadonlyMap<string, ReadonlySet<number>>,
): Map<string, Set<number>> {
  const all = new Map<string, Set<number>>();
  for (const { key, condition } of conditionsOf(definition)) {
    const { severity }: BurnRateCondition = condition;
    all.set(
      severity,
      new Set([...(all.get(severity) ?? []), ...(firing.get(key) ?? [])]),
    );
  }
  return all;
}

function minutesOf(options: {
  definition: SloDefinition;
  objective: SloObjective;
  answers: Readonly<Record<string, Answer>>;
  series: readonly RecordedSeries[];
  minutes: number;
}): SloMinute[] {
  const { definition, objective, answers, series, minutes } = options;
  const { source } = objective.sli;
  if (source.type !== 'prometheus') throw new Error('is not of Prometheus');
  const told: PrometheusAnswers = Object.fromEntries(
    partsOf(source.query).map(([part, query]) => [
      part,
      answers[query](series).map(valueAt => ({
        labels: {},
        points: Array.from({ length: minutes + 1 }, (_, minute) => ({
          at: new Date(minute * MINUTE_MS).toISOString(),
          value: valueAt(minute),
        })),
      })),
    ]),
  );
  const looks = prometheusMinutes(
    seriesOf(definition, objective),
    told,
    Array.from({ length: minutes }, (_, minute) => minute * MINUTE_MS),
  );
  return [...looks].map(([startMs, look]) => ({ startMs, ...look }));
}

function partsOf(query: PrometheusSliSource['query']) {
  return Object.entries(query).filter(
    ([part]) => !['kind', 'counter', 'rawType'].includes(part),
  ) as Array<[string, string]>;
}

function firingOf(
  intervals: ReturnType<typeof evaluateBurnRateAlert>,
  endMs: number,
): Set<number> {
  const firing = new Set<number>();
  for (const { firedAtMs, resolvedAtMs = endMs + MINUTE_MS } of intervals) {
    for (let atMs = firedAtMs; atMs < resolvedAtMs; atMs += MINUTE_MS) {
      firing.add(atMs);
    }
  }
  return firing;
}

/** Counters as they stood at the ends of minutes, of each instance. */
export function counters(
  read: (series: RecordedSeries, scrape: number) => number | undefined,
): Answer {
  return series =>
    series.map(one => minute => read(one, minute * SCRAPES_A_MINUTE));
}

/** The share of bad in the minute that ends then, of all instances. */
export const badShareOfMinute: Answer = series => [
  minute => {
    const grown = (part: 'bad' | 'total') =>
      series.reduce((sum, one) => {
        const before = one[part][(minute - 1) * SCRAPES_A_MINUTE];
        const after = one[part][minute * SCRAPES_A_MINUTE];
        if (before === undefined || after === undefined) return sum;
        return sum + Math.max(0, after - before);
      }, 0);
    const total = grown('total');
    return total > 0 ? grown('bad') / total : undefined;
  },
];
