import type { MsSpan } from '@lakehouse-ops/plugin-lakehouse-common';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** One more is the moment at which the range ends. */
const STEPS_MAX = 298;
/** Rows that one answer is made of, over all series. */
const MINUTES_MAX = 45_000;
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
 * At most 298 steps, at whole multiples in UTC; preferably such that the rolling
 * window is a whole number of them. Counted in minutes where steps or lookbacks
 * are no whole hours and the minutes are not too many, else in hours.
 *
 * @param options - `windowMs`: of rolling windows; `lookbacksMs`: of alerts;
 * `series`: how many are read
 */
export function chooseGrid(options: {
  range: MsSpan;
  windowMs?: number;
  lookbacksMs: readonly number[];
  series: number;
}): Grid {
  const { range, windowMs, lookbacksMs, series } = options;
  const lengthMs = range.toMs - range.fromMs;
  const fits = STEPS_MS.filter(stepMs => lengthMs / stepMs <= STEPS_MAX);
  const stepMs =
    fits.find(step => windowMs === undefined || windowMs % step === 0) ??
    fits[0] ??
    Math.ceil(lengthMs / STEPS_MAX / DAY_MS) * DAY_MS;
  const minutes =
    (series * (2 * lengthMs + Math.max(0, ...lookbacksMs))) / MINUTE_MS;
  const isOdd = [stepMs, ...lookbacksMs].some(ms => ms % HOUR_MS !== 0);
  return isOdd && minutes <= MINUTES_MAX
    ? { stepMs, width: 'minute', widthMs: MINUTE_MS }
    : { stepMs: Math.max(stepMs, HOUR_MS), width: 'hour', widthMs: HOUR_MS };
}
