import { InputError } from '@backstage/errors';
import type { BudgetForecast, SloHistory } from '../views';
import { MINUTE_MS } from './MsSpan';
import type { SpendPace } from './spendPace';

/** 80 % of a normal distribution lie within so many standard deviations. */
const Z_80 = 1.2815515655446004;
const STEPS = 200;
const POINTS = 48;
const HALVINGS = 52;

/** Budget spent earlier in a rolling window, which leaves it one window later. @public */
export interface SpentSpan {
  /** Epoch ms, [from, to). */
  readonly fromMs: number;
  readonly toMs: number;
  /** Share of the window's budget, of what of it lies inside the window. */
  readonly spent: number;
}

/** @public */
export interface ForecastOptions {
  readonly atMs: number;
  /** Share of the budget that is left. */
  readonly remaining: number;
  readonly pace: SpendPace;
  /** Length of the time that the pace was taken over, for people to read. */
  readonly paceMs: number;
  /** Until when to look ahead: of calendar windows their end; of rolling ones one window from now. */
  readonly untilMs: number;
  /** Of rolling windows: their length, and what was spent in them, oldest first. Without it nothing is taken to fall out. */
  readonly rolling?: {
    readonly durationMs: number;
    readonly spent: readonly SpentSpan[];
  };
  /** While less is counted than will be: of a window that was not counted from its beginning, or that is not over. */
  readonly growing?: BudgetGrowth;
}

/** A budget of what is counted grows with it. @public */
export interface BudgetGrowth {
  /** In how much time all was counted that is in the budget now, in ms. */
  readonly countedMs: number;
  /** How long as much is added as before, and nothing leaves the window, in ms. */
  readonly forMs: number;
}

/** A forecast with points to draw it. @public */
export interface BudgetOutlook {
  readonly forecast: BudgetForecast;
  readonly points: SloHistory['forecast'];
}

/**
 * When the budget is empty if the newest pace goes on.
 *
 * Spent within h from now: mean pace·h, variance v·(h + h²/T), where v is the
 * variance per ms and T the time that the pace was taken over: the first part is
 * the chance of the time to come, the second that of the pace itself. The band is
 * mean ± 1.28 standard deviations, 80 % of a normal distribution; spending is
 * never below 0. `earliest` and `latest` are where the band's edges are empty;
 * each time is absent when it is not before `untilMs`.
 *
 * What is assumed: the pace stays, hours are independent, and as much is counted
 * as before, so that the budget itself stays as large; or, while it is `growing`,
 * is 1 + h/countedMs times as large after h, which leaves
 * (remaining + h/countedMs − spent) / (1 + h/countedMs) of it. In rolling windows what
 * was spent earlier falls out one window later, evenly within its piece of time,
 * and heals by as much; without `rolling` nothing heals, which errs early.
 *
 * Source: prediction interval of a sum of future observations (mean known from a
 * sample).
 *
 * @throws InputError when `remaining` or a time is no finite number.
 * @public
 */
export function forecastBudget(options: ForecastOptions): BudgetOutlook {
  const { atMs, remaining, paceMs, untilMs } = options;
  if (![atMs, remaining, paceMs, untilMs].every(Number.isFinite)) {
    throw new InputError(
      `Nothing can be foretold from ${remaining} of the budget left between ${atMs} and ${untilMs}; give finite figures`,
    );
  }
  const healed = healing(options);
  const outlook = outlookOf(options, healed.after);
  const lasts = surelyLasts(options);
  const emptyAt = (edge: Edge) => {
    if (lasts) return undefined;
    const ms = firstEmpty(
      options,
      options.growing ? [...healed.bends, options.growing.forMs] : healed.bends,
      horizon => outlook(horizon)[edge],
    );
    return ms === undefined ? undefined : iso(ms);
  };
  return {
    forecast: {
      exhaustedAt: emptyAt('mid'),
      earliest: emptyAt('low'),
      latest: emptyAt('high'),
      paceMs,
    },
    points: pointsOf(options).map(ms => ({
      at: iso(ms),
      ...outlook(ms - atMs),
    })),
  };
}

/** Healing only adds and the band only widens: what is left at the end of its low edge without healing is the least there will be. */
function surelyLasts(options: ForecastOptions): boolean {
  const { atMs, untilMs, rolling } = options;
  return (
    !rolling?.spent.some(({ spent }) => spent < 0) &&
    outlookOf(
      { ...options, growing: undefined },
      () => 0,
    )(Math.max(0, untilMs - atMs)).low > 0
  );
}

type Edge = 'low' | 'mid' | 'high';

function outlookOf(
  { remaining, pace, growing }: ForecastOptions,
  healed: (horizonMs: number) => number,
): (horizonMs: number) => Record<Edge, number> {
  return horizonMs => {
    const mean = pace.perMs * horizonMs;
    const spread =
      Z_80 *
      Math.sqrt(
        pace.variancePerMs *
          (horizonMs + (horizonMs * horizonMs) / pace.observedMs),
      );
    const grown =
      growing && growing.countedMs > 0
        ? Math.min(horizonMs, growing.forMs) / growing.countedMs
        : 0;
    const left = remaining + healed(horizonMs) + grown;
    const size = 1 + grown;
    return {
      low: (left - mean - spread) / size,
      mid: (left - mean) / size,
      high: (left - Math.max(0, mean - spread)) / size,
    };
  };
}

/** How much of what was spent has left the window after a time: a line with a bend where a piece begins or ends to leave. */
function healing(options: ForecastOptions): {
  readonly after: (horizonMs: number) => number;
  readonly bends: readonly number[];
} {
  const { atMs, rolling } = options;
  const windowFromMs = atMs - (rolling?.durationMs ?? 0);
  const slopes = (rolling?.spent ?? []).flatMap(({ fromMs, toMs, spent }) => {
    const from = Math.max(fromMs, windowFromMs) - windowFromMs;
    const to = toMs - windowFromMs;
    return to > from && Number.isFinite(spent) && spent !== 0
      ? [
          { at: from, change: spent / (to - from) },
          { at: to, change: -spent / (to - from) },
        ]
      : [];
  });
  slopes.sort((a, b) => a.at - b.at);

  const bends = [{ at: 0, healed: 0, slope: 0 }];
  for (const { at, change } of slopes) {
    const last = bends[bends.length - 1];
    const healed = last.healed + last.slope * (at - last.at);
    bends.push({ at, healed, slope: last.slope + change });
  }
  return {
    bends: bends.map(({ at }) => at),
    after: horizonMs => {
      let low = 0;
      let high = bends.length - 1;
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (bends[middle].at <= horizonMs) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      const { at, healed, slope } = bends[low];
      return healed + slope * (horizonMs - at);
    },
  };
}

/** First moment at which a line is at or below 0: by steps, then by halving. */
function firstEmpty(
  { atMs, untilMs }: ForecastOptions,
  bends: readonly number[],
  left: (horizonMs: number) => number,
): number | undefined {
  if (left(0) <= 0) {
    return atMs;
  }
  const length = untilMs - atMs;
  if (length <= 0) {
    return undefined;
  }
  const horizons = [
    ...bends.filter(horizon => horizon > 0 && horizon < length),
    ...Array.from({ length: STEPS }, (_, i) => (length * (i + 1)) / STEPS),
  ].sort((a, b) => a - b);
  let before = 0;
  for (const horizon of horizons) {
    if (left(horizon) <= 0) {
      let [full, empty] = [before, horizon];
      for (let round = 0; round < HALVINGS; round++) {
        const middle = (full + empty) / 2;
        if (left(middle) <= 0) {
          empty = middle;
        } else {
          full = middle;
        }
      }
      return empty < length ? atMs + Math.round(empty) : undefined;
    }
    before = horizon;
  }
  return undefined;
}

function pointsOf({ atMs, untilMs }: ForecastOptions): number[] {
  const length = untilMs - atMs;
  if (length <= 0) {
    return [];
  }
  const count = Math.max(1, Math.min(POINTS, Math.floor(length / MINUTE_MS)));
  return Array.from(
    { length: count + 1 },
    (_, index) => atMs + Math.round((length * index) / count),
  );
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
