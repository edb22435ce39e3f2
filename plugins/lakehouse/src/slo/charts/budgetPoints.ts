import type { SloHistory } from '@lakehouse-ops/plugin-lakehouse-common';

/** A moment of a burn-down chart: what was left, or what may be left. */
export interface BudgetPoint {
  readonly timeMs: number;
  readonly remaining?: number;
  /** With a change of the definition. */
  readonly changed?: number;
  readonly forecast?: number;
  /** Low and high end of the forecast. */
  readonly band?: readonly [number, number];
}

/**
 * Puts what was and what may come on one line of time. The forecast begins
 * where the past ends, so that the lines meet.
 */
export function budgetPoints(
  points: SloHistory['points'],
  forecast: SloHistory['forecast'] = [],
  changed: ReadonlyArray<{ at: string; remaining?: number }> = [],
): BudgetPoint[] {
  const byTime = new Map<number, BudgetPoint>();
  const put = (at: string, part: Omit<BudgetPoint, 'timeMs'>) => {
    const timeMs = Date.parse(at);
    byTime.set(timeMs, { ...byTime.get(timeMs), timeMs, ...part });
  };
  for (const { at, remaining } of points) put(at, { remaining });
  for (const { at, remaining } of changed) put(at, { changed: remaining });
  const last = points[points.length - 1];
  if (forecast.length > 0 && last?.remaining !== undefined) {
    put(last.at, {
      forecast: last.remaining,
      band: [last.remaining, last.remaining],
    });
  }
  for (const { at, low, mid, high } of forecast) {
    put(at, { forecast: mid, band: [low, high] });
  }
  return [...byTime.values()].sort((a, b) => a.timeMs - b.timeMs);
}

/** As far as a forecast is followed below empty, unless what was is lower. */
const LOWEST_FORECAST = -1;

/**
 * The scale of a burn-down chart: whole quarters, with empty and full in it.
 * What was decides: a forecast that falls without an end is cut off.
 */
export function budgetScale(points: readonly BudgetPoint[]): {
  domain: [number, number];
  ticks: number[];
} {
  const was = points.flatMap(({ remaining, changed }) =>
    [remaining, changed].filter(value => value !== undefined),
  );
  const lowestWas = Math.min(0, ...was);
  const lowestToCome = Math.min(
    0,
    ...points.flatMap(({ forecast }) => forecast ?? []),
  );
  const lowest = Math.min(lowestWas, Math.max(LOWEST_FORECAST, lowestToCome));
  const step = stepOf(1 - lowest);
  const bottom = Math.floor(lowest / step) * step;
  const count = Math.round((1 - bottom) / step);
  return {
    domain: [bottom, 1],
    ticks: Array.from({ length: count + 1 }, (_, index) =>
      Number((bottom + index * step).toFixed(6)),
    ),
  };
}

/** So that there are at most a handful of lines, and empty and full are among them. */
function stepOf(height: number): number {
  let step = 0.25;
  while (height / step > 6) step *= 2;
  // Full is at 1: from 2 on a step has to divide it no more, only zero is sure to be shown.
  return step <= 1 ? step : Math.round(step);
}
