import { ceilTo, floorTo, HOUR_MS, type Width } from '../shared/widths';
import type { MsRange } from '../SloRollups';

/** Width of the buckets that slices are put together from: hours where slices are whole hours. */
export function partWidth(durationMs: number): Width {
  return durationMs % HOUR_MS === 0 ? 'hour' : 'minute';
}

/** Whether the slices that begin in an hour can be put together still. */
export function isTellable(
  durationMs: number,
  hourMs: number,
  minutesFromMs: number,
): boolean {
  return partWidth(durationMs) === 'hour' || hourMs >= minutesFromMs;
}

/** The time that slices cover which begin in a range. */
export function coveredBy(range: MsRange, durationMs: number): MsRange {
  return {
    fromMs: ceilTo(range.fromMs, durationMs),
    // The last one begins before the end of the range.
    toMs: ceilTo(range.toMs, durationMs),
  };
}

/**
 * How the slices that begin in a range are told: those of `settled` hours are
 * kept with the hours and days, unless an hour is dirty; those of `anew` are
 * put together from parts; `partial` is the one that the range's end cuts.
 */
export interface SlicePlan {
  readonly settled?: MsRange;
  readonly anew: readonly MsRange[];
  readonly partial?: MsRange;
}

export function planSlices(
  range: MsRange,
  durationMs: number,
  minutesFromMs: number,
): SlicePlan {
  const { fromMs, toMs } = range;
  if (toMs <= minutesFromMs && partWidth(durationMs) === 'minute') {
    // Nothing can be put together anew; the ends of the range are whole hours.
    return { settled: range, anew: [] };
  }
  const cutAt = floorTo(toMs, durationMs);
  const partial =
    cutAt < toMs && cutAt >= fromMs ? { fromMs: cutAt, toMs } : undefined;
  const firstHour = ceilTo(fromMs, HOUR_MS);
  const lastHour = floorTo(cutAt, HOUR_MS);
  if (firstHour >= lastHour) {
    return { anew: nonEmpty([{ fromMs, toMs: cutAt }]), partial };
  }
  return {
    settled: { fromMs: firstHour, toMs: lastHour },
    anew: nonEmpty([
      { fromMs, toMs: firstHour },
      { fromMs: lastHour, toMs: cutAt },
    ]),
    partial,
  };
}

function nonEmpty(ranges: readonly MsRange[]): MsRange[] {
  return ranges.filter(({ fromMs, toMs }) => fromMs < toMs);
}
