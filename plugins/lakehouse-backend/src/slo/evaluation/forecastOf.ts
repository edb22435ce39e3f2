import {
  forecastBudget,
  spendPace,
  type BudgetForecast,
  type BudgetGrowth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { ObjectivePart } from '../reads/objectiveParts';
import type { SliBucket } from '../rollups/SloRollups';
import { newestParts, type EvaluationPlan } from './EvaluationPlan';
import type { PaceBuckets } from './readPaces';
import type { SloShape } from './SloShapes';
import { spentShare } from './spentShare';

const MINUTE_MS = 60_000;

/** What a forecast is made of. */
export interface ForecastRequest {
  readonly plan: EvaluationPlan;
  readonly buckets: PaceBuckets | undefined;
  readonly shape: SloShape | undefined;
  readonly remaining: number | undefined;
  /** What each objective may spend in the window, by its key. */
  readonly allowed: ReadonlyMap<string, number>;
  /** While the window is not counted whole. */
  readonly growing?: BudgetGrowth;
  readonly nowMs: number;
}

/** When the budget is empty at the newest pace; undefined when no pace can be told. */
export function forecastOf(
  options: ForecastRequest,
): BudgetForecast | undefined {
  const { plan, buckets, shape, remaining, allowed, nowMs } = options;
  if (remaining === undefined || !Number.isFinite(remaining) || !buckets) {
    return undefined;
  }
  const pace = spendPace(spentByBucket(plan, buckets, allowed));
  if (!pace) return undefined;
  // At a standstill there is nothing to foretell.
  if (pace.perMs === 0 && remaining > 0) return { paceMs: plan.paceMs };
  const { window } = plan.story.slo.definition;
  return forecastBudget({
    atMs: nowMs,
    remaining,
    pace,
    paceMs: plan.paceMs,
    growing: options.growing,
    untilMs:
      window.kind === 'rolling' ? nowMs + window.durationMs : plan.window.endMs,
    ...(window.kind === 'rolling' && shape
      ? { rolling: { durationMs: window.durationMs, spent: shape.pieces } }
      : {}),
  }).forecast;
}

function spentByBucket(
  plan: EvaluationPlan,
  buckets: PaceBuckets,
  allowed: ReadonlyMap<string, number>,
) {
  const counted = new Map<number, CountedBucket[]>();
  for (const part of newestParts(plan)) {
    for (const bucket of buckets.get(part.series.id) ?? []) {
      counted.set(bucket.startMs, [
        ...(counted.get(bucket.startMs) ?? []),
        { part, sums: bucket },
      ]);
    }
  }
  return [...counted.values()].map(parts => ({
    observedMs:
      MINUTE_MS * Math.max(...parts.map(({ sums }) => sums.observedMinutes)),
    spent: spentShare(plan, parts, allowed),
  }));
}

interface CountedBucket {
  readonly part: ObjectivePart;
  readonly sums: SliBucket;
}
