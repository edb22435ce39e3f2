import { InputError } from '@backstage/errors';
import { MINUTE_MS } from './MsSpan';
import { isCount, type SliceSums, type SloMinute } from './SloSums';

/** How time is sliced, and the share of good that makes a slice good (Timeslices only). @public */
export interface SloSlice {
  readonly durationMs: number;
  readonly target?: number;
}

/** Good and total of a slice. @public */
export interface SliceCount {
  readonly startMs: number;
  readonly good: number;
  readonly total: number;
}

/** Shares that differ by less than this are equal. */
const EQUAL = 1e-9;

/**
 * Puts minutes together to slices, which begin at whole multiples of their
 * duration in UTC. Slices without anything to count, and minutes that are no
 * counts, are left out. Oldest first; minutes may come in any order.
 *
 * @throws InputError when a slice is no whole number of minutes.
 * @public
 */
export function slicesOf(
  minutes: readonly SloMinute[],
  durationMs: number,
): SliceCount[] {
  if (!(durationMs > 0) || durationMs % MINUTE_MS !== 0) {
    throw new InputError(
      `A slice of ${durationMs} ms is no whole number of minutes; figures are kept by the minute`,
    );
  }
  const slices = new Map<number, { good: number; total: number }>();
  for (const { startMs, good, total } of minutes) {
    if (isCount(good) && isCount(total) && total > 0) {
      const start = Math.floor(startMs / durationMs) * durationMs;
      const slice = slices.get(start);
      if (slice) {
        slice.good += good;
        slice.total += total;
      } else {
        slices.set(start, { good, total });
      }
    }
  }
  return [...slices]
    .map(([startMs, counts]) => ({ startMs, ...counts }))
    .sort((a, b) => a.startMs - b.startMs);
}

/** Whether a slice is good: good/total ≥ target. @public */
export function isGoodSlice(slice: SliceCount, target: number): boolean {
  return slice.good / slice.total >= target - EQUAL;
}

/**
 * Sums over the slices of some minutes. Without a slice target a slice is good
 * when all of it is.
 *
 * @throws InputError as `slicesOf`.
 * @public
 */
export function sliceSums(
  minutes: readonly SloMinute[],
  slice: SloSlice,
): SliceSums {
  const slices = slicesOf(minutes, slice.durationMs);
  return {
    total: slices.length,
    good: slices.filter(each => isGoodSlice(each, slice.target ?? 1)).length,
    ratioSum: slices.reduce(
      (sum, { good, total }) => sum + Math.min(1, good / total),
      0,
    ),
  };
}

/**
 * Slices of a composite with Timeslices: a slice is bad when it is bad for any
 * objective; it counts when any objective had something to count in it.
 * `ratioSum` is the number of good ones.
 *
 * Source: OpenSLO v1, "Notes (Composite SLO)".
 *
 * @throws InputError when the objectives' slices differ in length.
 * @public
 */
export function jointSliceSums(
  objectives: ReadonlyArray<{
    readonly minutes: readonly SloMinute[];
    readonly slice: SloSlice;
  }>,
): SliceSums {
  const joint = jointSlices(
    objectives.map(({ minutes, slice }) => ({
      slices: slicesOf(minutes, slice.durationMs),
      slice,
    })),
  );
  const good = joint.filter(slice => slice.good).length;
  return { good, total: joint.length, ratioSum: good };
}

/** As `jointSliceSums`, slice by slice, from slices that are put together already. @public */
export function jointSlices(
  objectives: ReadonlyArray<{
    readonly slices: readonly SliceCount[];
    readonly slice: SloSlice;
  }>,
): Array<{ readonly startMs: number; readonly good: boolean }> {
  if (new Set(objectives.map(each => each.slice.durationMs)).size > 1) {
    throw new InputError(
      'The objectives of a composite with Timeslices have slices of different length, so no slice can be told good or bad for all; give all the same timeSliceWindow',
    );
  }
  const joint = new Map<number, boolean>();
  for (const { slices, slice } of objectives) {
    for (const each of slices) {
      const good = isGoodSlice(each, slice.target ?? 1);
      joint.set(each.startMs, good && (joint.get(each.startMs) ?? true));
    }
  }
  return [...joint]
    .map(([startMs, good]) => ({ startMs, good }))
    .sort((a, b) => a.startMs - b.startMs);
}
