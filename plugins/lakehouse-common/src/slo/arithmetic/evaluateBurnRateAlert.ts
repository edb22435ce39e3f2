import { InputError } from '@backstage/errors';
import type { BudgetingMethod, BurnRateCondition } from '../definition';
import { BurnRateSeries, type SweptObjective } from './BurnRateSeries';
import { MINUTE_MS, type MsSpan, widenSpan } from './MsSpan';
import {
  type AlertMachine,
  type AlertReading,
  nextAlertState,
  STALE_AFTER_MS,
} from './nextAlertState';

/** 400 days and then some. */
const MAX_MINUTES = 1_000_000;

/** A time in which an alert fired, in epoch ms. @public */
export interface FiringInterval {
  /** When its condition began to hold. */
  readonly pendingAtMs: number;
  readonly firedAtMs: number;
  /** Absent when it still fired at the end. */
  readonly resolvedAtMs?: number;
}

/** What to sweep over. @public */
export interface BurnRateSweep {
  readonly method: BudgetingMethod;
  readonly condition: BurnRateCondition;
  /** One, or several of a composite. */
  readonly objectives: readonly SweptObjective[];
  /** Evaluated at the end of each minute of it; what lies before feeds the lookbacks, what lies after is ignored. The minutes' own bounds unless told. */
  readonly range?: MsSpan;
  /** Times that don't count. */
  readonly excluded?: readonly MsSpan[];
}

/**
 * When an alert would have fired: the state machine of `nextAlertState`, stepped
 * at the end of every minute with the burn rates of the minutes (or slices) that
 * were over by then. O(minutes), whatever the lookbacks.
 *
 * Minutes may come in any order; counts of the same minute are added; minutes
 * that are missing were not observed, and those that are no counts (NaN,
 * infinite, below 0) neither. Excluded minutes count as observed with nothing in
 * them.
 *
 * @throws InputError when the range is over 1,000,000 minutes, when the target
 * is not above 0 and below 1, or when slices are no whole minutes.
 * @public
 */
export function evaluateBurnRateAlert(sweep: BurnRateSweep): FiringInterval[] {
  const { condition, method, objectives } = sweep;
  const range = widenSpan(sweep.range ?? boundsOf(objectives));
  if (range.toMs - range.fromMs > MAX_MINUTES * MINUTE_MS) {
    throw new InputError(
      `An alert can be tried over ${MAX_MINUTES} minutes at most; give a shorter time`,
    );
  }
  const { longMs, shortMs } = condition;
  const series = BurnRateSeries.create({
    method,
    objectives,
    excluded: sweep.excluded ?? [],
    span: {
      fromMs: Math.min(
        range.fromMs,
        range.fromMs - longMs - longestSliceMs(objectives),
      ),
      toMs: range.toMs,
    },
  });

  const intervals: FiringInterval[] = [];
  let machine: AlertMachine | undefined;
  for (
    let nowMs = range.fromMs + MINUTE_MS;
    nowMs <= range.toMs;
    nowMs += MINUTE_MS
  ) {
    const seen = series.observedObjectives(nowMs, STALE_AFTER_MS);
    const reading: AlertReading = {
      long: series.rate(nowMs, longMs),
      short: shortMs === undefined ? undefined : series.rate(nowMs, shortMs),
      observed: seen > 0,
      partly: seen < objectives.length,
    };
    const step = nextAlertState(machine, reading, { condition, nowMs });
    machine = step.machine;
    if (step.transition === 'firing') {
      const { pendingAtMs = nowMs, firedAtMs = nowMs } = machine;
      intervals.push({ pendingAtMs, firedAtMs });
    } else if (step.transition === 'resolved') {
      intervals.push({ ...popped(intervals, nowMs), resolvedAtMs: nowMs });
    }
  }
  return intervals;
}

function popped(intervals: FiringInterval[], nowMs: number): FiringInterval {
  return intervals.pop() ?? { pendingAtMs: nowMs, firedAtMs: nowMs };
}

function boundsOf(objectives: readonly SweptObjective[]): MsSpan {
  let fromMs = Infinity;
  let toMs = -Infinity;
  for (const { minutes } of objectives) {
    for (const { startMs } of minutes) {
      if (Number.isFinite(startMs)) {
        fromMs = Math.min(fromMs, startMs);
        toMs = Math.max(toMs, startMs + 1);
      }
    }
  }
  return fromMs < toMs ? { fromMs, toMs } : { fromMs: 0, toMs: 0 };
}

function longestSliceMs(objectives: readonly SweptObjective[]): number {
  return objectives.reduce(
    (longest, { slice }) => Math.max(longest, slice?.durationMs ?? 0),
    0,
  );
}
