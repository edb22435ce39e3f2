import { InputError } from '@backstage/errors';
import type {
  BurnRateCondition,
  SloWindow,
  ThresholdOperator,
} from '../definition';
import { nominalDurationMs } from './durationShorthand';
import { errorShare } from './errorShare';
import { DAY_MS, HOUR_MS, MINUTE_MS } from './MsSpan';

/** Percent of a 30-day budget that is gone when each alert fires (SRE workbook, table 5-8). */
const PRESETS = [
  {
    name: 'fast-burn',
    severity: 'page',
    percent: 2,
    longMs: HOUR_MS,
    atLeast: 14.4,
  },
  {
    name: 'slow-burn',
    severity: 'page',
    percent: 5,
    longMs: 6 * HOUR_MS,
    atLeast: 6,
  },
  {
    name: 'creeping-burn',
    severity: 'ticket',
    percent: 10,
    longMs: 3 * DAY_MS,
    atLeast: 1,
  },
] as const;

const SHORT_PART = 12;
const PRESET_WINDOW_MS = 30 * DAY_MS;
/** Below this length the lookbacks shrink with the window. */
const SHRINKS_BELOW_MS = 14 * DAY_MS;
/** Burn rates that differ by less than this share are equal. */
const EQUAL = 1e-9;
const PACE_PART = 120;
const PACE_MS = 6 * HOUR_MS;

/** Nominal length of a window in ms: months are 30 days, quarters 90, years 365. @public */
export function sloWindowMs(window: SloWindow): number {
  return window.kind === 'rolling'
    ? window.durationMs
    : nominalDurationMs(window);
}

/**
 * Alerts that go with a window when the owner wrote none: 2 % of the budget in
 * 1 h (and 5 m) and 5 % in 6 h (and 30 m) page, 10 % in 3 d (and 6 h) make a
 * ticket. factor = share · window / long: 14.4, 6 and 1 for 30 days; 13.44, 5.6
 * and 0.93 for 28. Below 14 days the lookbacks shrink by window / 30 d to whole
 * minutes (long at least 2, short = long/12 and at least 1) and the factors stay
 * 14.4, 6 and 1.
 *
 * Source: Google SRE workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts"
 * and table 5-8; Sloth derives its factors from the window in the same way.
 *
 * @public
 */
export function defaultBurnRateConditions(
  window: SloWindow,
): BurnRateCondition[] {
  const windowMs = sloWindowMs(window);
  const shrinks = windowMs < SHRINKS_BELOW_MS;
  return PRESETS.map(({ name, severity, percent, longMs, atLeast }) => {
    const long = shrinks
      ? wholeMinutes((longMs * windowMs) / PRESET_WINDOW_MS, 2)
      : longMs;
    return {
      name,
      severity,
      op: 'gte',
      factor: shrinks
        ? atLeast
        : burnRateFactor({ percent, windowMs, longMs: long }),
      longMs: long,
      shortMs: wholeMinutes(long / SHORT_PART, 1),
      alertAfterMs: 0,
    };
  });
}

/**
 * Burn rate at which so much of a window's budget is gone within a lookback:
 * percent/100 · window / lookback. 2 % of 30 days' in an hour is 14.4.
 *
 * Source: Google SRE workbook, chapter 5, "Alert on Burn Rate"; Sloth's
 * `errorBudgetPercent`, `sloPeriod` and `longWindow`.
 *
 * @public
 */
export function burnRateFactor(options: {
  readonly percent: number;
  readonly windowMs: number;
  readonly longMs: number;
}): number {
  // Percents are whole as a rule, so that one division rounds but once.
  return (options.percent * options.windowMs) / (100 * options.longMs);
}

/**
 * Time over which the newest pace of spending is taken: 6 hours, and for windows
 * below 14 days a 120th of the window in whole minutes (6 hours of 30 days are
 * that), at least 2.
 *
 * @public
 */
export function paceMsOf(window: SloWindow): number {
  const windowMs = sloWindowMs(window);
  return windowMs < SHRINKS_BELOW_MS
    ? wholeMinutes(windowMs / PACE_PART, 2)
    : PACE_MS;
}

/**
 * The largest burn rate there can be, when everything fails: 1 / (1 − target).
 *
 * @throws InputError when the target is not above 0 and below 1.
 * @public
 */
export function burnRateCeiling(target: number): number {
  return 1 / errorShare(target);
}

/** Whether a burn rate meets a condition. Rates that differ by less than a billionth are equal. @public */
export function meetsBurnRate(
  op: ThresholdOperator,
  rate: number,
  factor: number,
): boolean {
  const margin = EQUAL * Math.abs(factor);
  switch (op) {
    case 'gte':
      return rate >= factor - margin;
    case 'gt':
      return rate > factor + margin;
    case 'lte':
      return rate <= factor + margin;
    case 'lt':
      return rate < factor - margin;
    default:
      throw new InputError(`"${op}" compares nothing; use lte, gte, lt or gt`);
  }
}

/** Whether an alert can ever fire. @public */
export type FireCheck =
  | { readonly fires: true }
  | { readonly fires: false; readonly note: string };

/**
 * Whether a condition can ever hold with a target: a factor above
 * 1 / (1 − target) is more than everything failing. 14.4 needs a target of more
 * than 93.05 %. `weight` is the sum of the weights of a composite's objectives.
 *
 * @throws InputError when the target is not above 0 and below 1.
 * @public
 */
export function canFire(
  condition: Pick<BurnRateCondition, 'name' | 'op' | 'factor'>,
  target: number,
  weight: number = 1,
): FireCheck {
  const ceiling = burnRateCeiling(target) * weight;
  const { name, op, factor } = condition;
  if (op === 'lte' || op === 'lt' || meetsBurnRate(op, ceiling, factor)) {
    return { fires: true };
  }
  const needed = 1 - weight / factor;
  return {
    fires: false,
    note: `${name} can never fire: with a target of ${figure(
      target * 100,
    )} % the budget burns at most ${figure(
      ceiling,
    )} times its pace, even when everything fails, and the alert waits for ${figure(
      factor,
    )}. Use a factor of ${figure(
      Math.floor(ceiling * 10) / 10,
    )} or less, or a target above ${figure(
      Math.ceil(needed * 10_000) / 100,
    )} %`,
  };
}

function wholeMinutes(ms: number, atLeast: number): number {
  return Math.max(atLeast, Math.round(ms / MINUTE_MS)) * MINUTE_MS;
}

function figure(value: number): string {
  return String(Number(value.toPrecision(6)));
}
