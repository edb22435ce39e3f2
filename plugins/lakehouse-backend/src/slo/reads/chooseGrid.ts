import type { MsSpan } from '@lakehouse-ops/plugin-lakehouse-common';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** One more is the moment at which the range ends. */
const STEPS_MAX = 298;
/** Rows that one answer is made of, over all series. */
const MINUTES_MAX = 45_000;
/** Counts by the minute are kept for eight days; half a day less, so that none is missed. */
export const MINUTES_KEPT_MS = 7.5 * DAY_MS;
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map(minutes => minutes * MINUTE_MS),
  ...[1, 2, 3, 4, 6, 8, 12].map(hours => hours * HOUR_MS),
  ...[1, 2, 3, 4, 7, 14].map(days => days * DAY_MS),
];

/** How a line is drawn: how far its points are apart, and of which counts they are made. */
export interface Grid {
  readonly stepMs: number;
  readonly width: 'minute' | 'hour';
  readonly widthMs: number;
}

/**
 * At most 298 steps, at whole multiples in UTC. Counted in minutes where steps
 * or lookbacks are no whole hours, minutes are kept of all of it, and they are
 * not too many; else in hours.
 *
 * @param options - `series`: how many are read
 */
export function chooseGrid(options: {
  range: MsSpan;
  lookbacksMs: readonly number[];
  series: number;
  nowMs: number;
}): Grid {
  const { range, lookbacksMs, series, nowMs } = options;
  const lengthMs = range.toMs - range.fromMs;
  const stepMs =
    STEPS_MS.find(step => lengthMs / step <= STEPS_MAX) ??
    Math.ceil(lengthMs / STEPS_MAX / DAY_MS) * DAY_MS;
  const longestMs = Math.max(0, ...lookbacksMs);
  const minutes = (series * (lengthMs + longestMs)) / MINUTE_MS;
  const isOdd = [stepMs, ...lookbacksMs].some(ms => ms % HOUR_MS !== 0);
  const isKept = range.fromMs - longestMs >= nowMs - MINUTES_KEPT_MS;
  return isOdd && isKept && minutes <= MINUTES_MAX
    ? { stepMs, width: 'minute', widthMs: MINUTE_MS }
    : { stepMs: Math.max(stepMs, HOUR_MS), width: 'hour', widthMs: HOUR_MS };
}
