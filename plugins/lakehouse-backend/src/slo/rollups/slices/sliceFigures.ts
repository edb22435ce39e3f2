import { isGoodSlice } from '@lakehouse-ops/plugin-lakehouse-common';
import { floorTo } from '../shared/widths';
import type { MsRange, SliSums, SloSeries } from '../SloRollups';

type Slice = NonNullable<SloSeries['slice']>;

/** Sums over slices. */
export type SliceFigures = NonNullable<SliSums['slices']>;

export const NO_SLICES: SliceFigures = { good: 0, total: 0, ratioSum: 0 };

/** Counts at some time: of a minute, or of an hour where slices are whole hours. */
export interface SlicePart {
  readonly startMs: number;
  readonly good: number;
  readonly total: number;
}

/** What is left of a count when all of it was taken away again, at most. */
const NOTHING = 1e-9;

/** Figures of each slice with anything to count that begins in the range, by its start. */
export function slicesIn(
  parts: readonly SlicePart[],
  slice: Slice,
  range: MsRange,
): Map<number, SliceFigures> {
  const counts = new Map<number, { good: number; total: number }>();
  for (const { startMs, good, total } of parts) {
    const start = floorTo(startMs, slice.durationMs);
    if (start < range.fromMs || start >= range.toMs) continue;
    const known = counts.get(start);
    if (known) {
      known.good += good;
      known.total += total;
    } else {
      counts.set(start, { good, total });
    }
  }
  const figures = new Map<number, SliceFigures>();
  for (const [startMs, { good, total }] of counts) {
    if (total <= NOTHING) continue;
    const isGood = isGoodSlice({ startMs, good, total }, slice.target ?? 1);
    figures.set(startMs, {
      good: Number(isGood),
      total: 1,
      ratioSum: Math.min(1, Math.max(0, good / total)),
    });
  }
  return figures;
}

export function sumSlices(figures: Iterable<SliceFigures>): SliceFigures {
  const sum = { ...NO_SLICES };
  for (const { good, total, ratioSum } of figures) {
    sum.good += good;
    sum.total += total;
    sum.ratioSum += ratioSum;
  }
  return sum;
}

export function lessSlices(a: SliceFigures, b: SliceFigures): SliceFigures {
  return {
    good: a.good - b.good,
    total: a.total - b.total,
    ratioSum: a.ratioSum - b.ratioSum,
  };
}

/** What is kept of slices with an hour or a day. */
export function slicesOfBucket(bucket: {
  readonly slicesGood: number;
  readonly slicesTotal: number;
  readonly slicesRatio: number;
}): SliceFigures {
  return {
    good: bucket.slicesGood,
    total: bucket.slicesTotal,
    ratioSum: bucket.slicesRatio,
  };
}
