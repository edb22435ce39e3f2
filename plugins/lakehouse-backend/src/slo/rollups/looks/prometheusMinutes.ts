import type { MetricResult } from '@lakehouse-ops/plugin-lakehouse-node';
import { judgeAsWritten } from '../shared/thresholds';
import { MINUTE_MS } from '../shared/widths';
import type { PrometheusSliSource } from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloSeries } from '../SloRollups';
import type { MinuteLook } from './replaceMinutes';

/** Answers to the expressions of a source, by the names that it has for them. */
export type PrometheusAnswers = Readonly<
  Partial<
    Record<'good' | 'bad' | 'total' | 'raw' | 'value', MetricResult['series']>
  >
>;

type Series = MetricResult['series'];
type Query = PrometheusSliSource['query'];

/**
 * What an answer tells of a minute, by its values at the minute's end; of
 * counters also at its beginning. Undefined where a part is absent, or no
 * finite number: it was not observed then.
 */
export function prometheusMinutes(
  { source, threshold }: SloSeries,
  answers: PrometheusAnswers,
  minutes: readonly number[],
): Map<number, MinuteLook> {
  const looks = new Map<number, MinuteLook>();
  if (source.type !== 'prometheus') return looks;
  const look = lookOf(source.query, answers, threshold);
  for (const minuteMs of minutes) {
    const seen = look(minuteMs);
    if (seen) looks.set(minuteMs, seen);
  }
  return looks;
}

function lookOf(
  query: Query,
  answers: PrometheusAnswers,
  threshold: SloSeries['threshold'],
): (minuteMs: number) => MinuteLook | undefined {
  switch (query.kind) {
    case 'ratio':
    case 'bad-ratio': {
      const read = query.counter ? increases : sums;
      const part = read(
        (query.kind === 'ratio' ? answers.good : answers.bad) ?? [],
      );
      const whole = read(answers.total ?? []);
      return minuteMs => {
        const some = part(minuteMs);
        const total = whole(minuteMs);
        if (some === undefined || total === undefined || total < 0) {
          return undefined;
        }
        // Two counters are not read in one moment: a part is never more than the whole.
        const within = Math.min(total, Math.max(0, some));
        return {
          good: query.kind === 'ratio' ? within : total - within,
          total,
        };
      };
    }
    case 'raw': {
      const values = valuesAt(answers.raw ?? []);
      return minuteMs => {
        const shares = values(minuteMs).filter(
          share => share >= 0 && share <= 1,
        );
        if (!shares.length) return undefined;
        const sum = shares.reduce((a, b) => a + b, 0);
        return {
          good: query.rawType === 'success' ? sum : shares.length - sum,
          total: shares.length,
        };
      };
    }
    case 'threshold': {
      const values = valuesAt(answers.value ?? []);
      const judge = judgeAsWritten(threshold);
      return minuteMs => {
        const told = values(minuteMs).flatMap(value => judge?.(value) ?? []);
        return told.length
          ? { good: told.filter(Boolean).length, total: told.length }
          : undefined;
      };
    }
    default:
      return () => undefined;
  }
}

/** Finite values of all series at the end of a minute. */
function valuesAt(series: Series): (minuteMs: number) => number[] {
  const points = series.map(pointsOf);
  return minuteMs => points.flatMap(of => of.get(minuteMs + MINUTE_MS) ?? []);
}

function sums(series: Series): (minuteMs: number) => number | undefined {
  const values = valuesAt(series);
  return minuteMs => {
    const all = values(minuteMs);
    return all.length ? all.reduce((a, b) => a + b, 0) : undefined;
  };
}

/** By how much counters grew; one that is smaller than before began anew at 0. */
function increases(series: Series): (minuteMs: number) => number | undefined {
  const points = series.map(pointsOf);
  return minuteMs => {
    const grown = points.flatMap(of => {
      const before = of.get(minuteMs);
      const after = of.get(minuteMs + MINUTE_MS);
      if (before === undefined || after === undefined) return [];
      return after >= before ? after - before : Math.max(0, after);
    });
    return grown.length ? grown.reduce((a, b) => a + b, 0) : undefined;
  };
}

function pointsOf({ points }: Series[number]): ReadonlyMap<number, number> {
  return new Map(
    points.flatMap(({ at, value }) =>
      value === undefined || !Number.isFinite(value)
        ? []
        : [[Date.parse(at), value] as const],
    ),
  );
}
