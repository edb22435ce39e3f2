import {
  latencyBin,
  type LakehouseSliSource,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { judgeOf, type Judge } from '../shared/thresholds';
import { floorTo, MINUTE_MS } from '../shared/widths';
import type { SloSeries } from '../SloRollups';
import { matchesQuery } from './matchesQuery';
import type { QueryFacts } from './QueryFacts';

/** What one query adds to a series. */
export interface Contribution {
  readonly good: number;
  readonly total: number;
  /** Of the latency sketch. */
  readonly bin?: number;
  readonly minuteMs: number;
}

/** Undefined when the query does not count. */
export type Contribute = (facts: QueryFacts) => Contribution | undefined;

/** Failures that are not the users' own. */
export const DEFAULT_BAD_ERRORS: readonly string[] = [
  'INTERNAL_ERROR',
  'INSUFFICIENT_RESOURCES',
  'EXTERNAL',
];

/**
 * What a query adds to a series: nothing while its end is not known, when the
 * filter does not match, or when it failed by a mistake that does not count.
 *
 * @param ownSource - `source` of our own queries, which count only where that
 * source is asked for
 */
export function contributionOf(
  facts: QueryFacts,
  series: SloSeries,
  ownSource?: string,
): Contribution | undefined {
  return contributor(series, ownSource)?.(facts);
}

/** {@link contributionOf} made ready for many queries; undefined of series that count no queries. */
export function contributor(
  { source, threshold }: SloSeries,
  ownSource?: string,
): Contribute | undefined {
  if (source.type !== 'lakehouse') return undefined;
  const measure = measureOf(source, judgeOf(threshold, 'ms'));
  if (!measure) return undefined;
  const matches = matchesQuery(source.filter, ownSource);
  return facts => {
    const measured = measure(facts);
    if (!measured || !matches(facts)) return undefined;
    return {
      good: Number(measured.good),
      total: 1,
      bin: measured.ms === undefined ? undefined : latencyBin(measured.ms),
      minuteMs: floorTo(facts.endedMs, MINUTE_MS),
    };
  };
}

function measureOf(
  source: LakehouseSliSource,
  judge: Judge | undefined,
):
  | ((facts: QueryFacts) => { good: boolean; ms?: number } | undefined)
  | undefined {
  const time = (ms: number | undefined) => {
    const good = ms === undefined ? undefined : judge?.(ms);
    return good === undefined ? undefined : { good, ms };
  };
  switch (source.indicator) {
    case 'query-success': {
      const bad = new Set<string>(source.badErrors ?? DEFAULT_BAD_ERRORS);
      return ({ ended, errorType, errorName }) => {
        if (ended === 'FINISHED') return { good: true };
        return bad.has(errorType ?? '') || bad.has(errorName ?? '')
          ? { good: false }
          : undefined;
      };
    }
    case 'query-latency':
      return ({ ended, wallMs }) =>
        ended === 'FINISHED' ? time(wallMs) : undefined;
    case 'queue-time':
      return ({ queuedMs }) => time(queuedMs);
    default:
      return undefined;
  }
}
