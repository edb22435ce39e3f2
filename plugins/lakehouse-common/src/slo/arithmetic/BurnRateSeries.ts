import { InputError } from '@backstage/errors';
import type { BudgetingMethod } from '../definition';
import { compositeBudget } from './compositeBudget';
import { cutSpans } from './cutSpans';
import { errorShare } from './errorShare';
import { lookbackSpan } from './lookbackSpan';
import { MINUTE_MS, type MsSpan } from './MsSpan';
import { RunningSums } from './RunningSums';
import {
  isGoodSlice,
  jointSlices,
  type SliceCount,
  slicesOf,
  type SloSlice,
} from './sliceSums';
import { isCount, type SloMinute } from './SloSums';

/** An objective with its minutes. @public */
export interface SweptObjective {
  readonly minutes: readonly SloMinute[];
  readonly target: number;
  readonly slice?: SloSlice;
  /** 1 unless told. */
  readonly weight?: number;
}

interface Counted {
  readonly target: number;
  readonly share: number;
  readonly weight: number;
  readonly sliceMs?: number;
  /** Missed and counted: events, or slices. */
  readonly sums: RunningSums;
  readonly observed: RunningSums;
}

/** Burn rates of minutes at any moment and over any lookback, each in constant time. */
export class BurnRateSeries {
  static create(options: {
    method: BudgetingMethod;
    objectives: readonly SweptObjective[];
    excluded: readonly MsSpan[];
    span: MsSpan;
  }): BurnRateSeries {
    const { method, objectives, span } = options;
    const kept = cutSpans(span, options.excluded);
    const counted = objectives.map((objective): Counted => {
      const inside = objective.minutes.filter(
        ({ startMs }) => startMs >= span.fromMs && startMs < span.toMs,
      );
      const seen = inside.filter(
        each =>
          each.observed !== false && isCount(each.good) && isCount(each.total),
      );
      return {
        target: objective.target,
        share: errorShare(objective.target),
        weight: objective.weight ?? 1,
        sliceMs:
          method === 'Occurrences' ? undefined : sliceOf(objective).durationMs,
        sums: missedSums(method, objective, keptMinutes(seen, kept), span),
        observed: RunningSums.create(
          span,
          MINUTE_MS,
          seen.map(({ startMs }) => ({ startMs, missed: 0, counted: 1 })),
        ),
      };
    });
    const joint =
      method === 'Timeslices' && objectives.length > 1
        ? jointSums(objectives, kept, span)
        : undefined;
    return new BurnRateSeries(method, counted, joint);
  }

  private constructor(
    private readonly method: BudgetingMethod,
    private readonly objectives: readonly Counted[],
    private readonly joint: RunningSums | undefined,
  ) {}

  /** How many objectives were observed within a time before the moment. */
  observedObjectives(atMs: number, withinMs: number): number {
    const span = { fromMs: atMs - withinMs, toMs: atMs };
    return this.objectives.filter(
      ({ observed }) => observed.between(span).counted > 0,
    ).length;
  }

  /** Burn rate over a lookback; undefined when there was nothing to count. */
  rate(atMs: number, lookbackMs: number): number | undefined {
    if (this.objectives.length !== 1) {
      return this.compositeRate(atMs, lookbackMs);
    }
    const [{ sums, share, sliceMs }] = this.objectives;
    const { missed, counted } = sums.between(
      lookbackSpan({ atMs, lookbackMs, sliceMs }),
    );
    return counted > 0 ? missed / (counted * share) : undefined;
  }

  private compositeRate(atMs: number, lookbackMs: number): number | undefined {
    const method = this.method;
    const objectives = this.objectives.map((objective, index) => {
      const { sums, target, weight, sliceMs } = objective;
      const { missed, counted } = sums.between(
        lookbackSpan({ atMs, lookbackMs, sliceMs }),
      );
      const good = counted - missed;
      return {
        key: String(index),
        target,
        weight,
        sliceMs,
        sums:
          method === 'Occurrences'
            ? { good, total: counted }
            : {
                good: 0,
                total: 0,
                slices: { good, total: counted, ratioSum: good },
              },
      };
    });
    const sliceMs = this.objectives[0]?.sliceMs;
    const joint = this.joint?.between(
      lookbackSpan({ atMs, lookbackMs, sliceMs }),
    );
    return compositeBudget({
      method,
      objectives,
      joint: joint && {
        good: joint.counted - joint.missed,
        total: joint.counted,
        ratioSum: joint.counted - joint.missed,
      },
    }).burnRate;
  }
}

function sliceOf(objective: SweptObjective): SloSlice {
  if (!objective.slice) {
    throw new InputError(
      'A budgeting method of slices needs the length of its slices; give each objective a slice',
    );
  }
  return objective.slice;
}

function missedSums(
  method: BudgetingMethod,
  objective: SweptObjective,
  minutes: readonly SloMinute[],
  span: MsSpan,
): RunningSums {
  if (method === 'Occurrences') {
    return RunningSums.create(
      span,
      MINUTE_MS,
      minutes.map(({ startMs, good, total }) => ({
        startMs,
        missed: Math.max(0, total - good),
        counted: total,
      })),
    );
  }
  const slice = sliceOf(objective);
  const missedOf = (each: SliceCount) => {
    if (method === 'Timeslices') {
      return isGoodSlice(each, slice.target ?? 1) ? 0 : 1;
    }
    return Math.max(0, 1 - each.good / each.total);
  };
  return RunningSums.create(
    span,
    slice.durationMs,
    slicesOf(minutes, slice.durationMs).map(each => ({
      startMs: each.startMs,
      missed: missedOf(each),
      counted: 1,
    })),
  );
}

function jointSums(
  objectives: readonly SweptObjective[],
  kept: readonly MsSpan[],
  span: MsSpan,
): RunningSums {
  const slices = jointSlices(
    objectives.map(objective => {
      const slice = sliceOf(objective);
      const minutes = keptMinutes(
        objective.minutes.filter(each => each.observed !== false),
        kept,
      );
      return { slices: slicesOf(minutes, slice.durationMs), slice };
    }),
  );
  return RunningSums.create(
    span,
    sliceOf(objectives[0]).durationMs,
    slices.map(({ startMs, good }) => ({
      startMs,
      missed: good ? 0 : 1,
      counted: 1,
    })),
  );
}

/** Minutes that lie in one of the spans; both are brought in order first, so that one pass tells. */
function keptMinutes(
  minutes: readonly SloMinute[],
  kept: readonly MsSpan[],
): SloMinute[] {
  const sorted = [...minutes].sort((a, b) => a.startMs - b.startMs);
  let index = 0;
  return sorted.filter(({ startMs }) => {
    while (index < kept.length && kept[index].toMs <= startMs) {
      index++;
    }
    return index < kept.length && startMs >= kept[index].fromMs;
  });
}
