import fc from 'fast-check';
import { near } from './__testUtils__/near';
import { forecastBudget, type ForecastOptions } from './forecastBudget';
import { spendPace } from './spendPace';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NOW = Date.parse('2026-11-21T10:00:00Z');
const hours = (...spent: number[]) =>
  spent.map(each => ({ spent: each, observedMs: HOUR_MS }));
const steady = spendPace(hours(0.01, 0.01, 0.01, 0.01, 0.01, 0.01))!;
const hoursFromNow = (at?: string) => at && (Date.parse(at) - NOW) / HOUR_MS;

function forecast(more: Partial<ForecastOptions>) {
  return forecastBudget({
    atMs: NOW,
    remaining: 0.37,
    pace: steady,
    paceMs: 6 * HOUR_MS,
    untilMs: NOW + 30 * DAY_MS,
    ...more,
  });
}

describe('pace of spending', () => {
  it('is what was spent by the time observed, with the variance of a sample', () => {
    const pace = spendPace(hours(0.01, 0.03))!;
    expect(pace.perMs * HOUR_MS).toEqual(near(0.02));
    // ((0.01 − 0.02)² + (0.03 − 0.02)²) / (2 − 1) a hour
    expect(pace.variancePerMs * HOUR_MS).toEqual(near(0.0002));
    expect(pace.observedMs).toBe(2 * HOUR_MS);
  });

  it('takes hours that were observed in part by their part', () => {
    const pace = spendPace([
      { spent: 0.02, observedMs: HOUR_MS },
      { spent: 0.01, observedMs: HOUR_MS / 2 },
      { spent: 0, observedMs: 0 },
    ])!;
    expect(pace.perMs * HOUR_MS).toEqual(near(0.02));
    expect(pace.variancePerMs).toEqual(near(0));
  });

  it('takes a single piece as varying by what it spent', () => {
    const pace = spendPace(hours(0.05))!;
    expect(pace.variancePerMs * HOUR_MS).toEqual(near(0.0025));
  });

  it('is unknown when nothing was observed, and refuses what is no count', () => {
    expect(spendPace([])).toBeUndefined();
    expect(spendPace([{ spent: 0, observedMs: 0 }])).toBeUndefined();
    expect(() => spendPace(hours(NaN))).toThrow(/no pace/);
    expect(() => spendPace(hours(-0.1))).toThrow(/no pace/);
  });
});

describe('forecast', () => {
  it('steady 1 % an hour empties 37 % in 37 hours, without a band', () => {
    const { forecast: told } = forecast({});
    expect(hoursFromNow(told.exhaustedAt)).toBeCloseTo(37, 6);
    expect(told.earliest).toBe(told.exhaustedAt);
    expect(told.latest).toBe(told.exhaustedAt);
    expect(told.paceMs).toBe(6 * HOUR_MS);
  });

  it('has a band of 80 % by the variance of hours and of the pace', () => {
    // Two hours of 0 and 2 %: mean 1 %, variance 0.0002 an hour, taken over 2 hours.
    const pace = spendPace(hours(0, 0.02))!;
    const { points } = forecast({ pace, untilMs: NOW + 48 * HOUR_MS });
    const at10 = points.find(({ at }) => hoursFromNow(at) === 10)!;
    // 0.37 − 0.1 ∓ 1.2815515655 · √(0.0002 · (10 + 10²/2)) = 0.27 ∓ 0.1403869…
    const spread = 1.2815515655446004 * Math.sqrt(0.012);
    expect(at10.mid).toEqual(near(0.27));
    expect(at10.low).toEqual(near(0.27 - spread));
    // 0.1 − 0.14 spent is below nothing: at best nothing is spent
    expect(at10.high).toEqual(near(0.37));
  });

  it('is empty where the line of its edge is empty', () => {
    const pace = spendPace(hours(0.01, 0.02, 0.01, 0.03, 0.02, 0.01))!;
    // mean 1/60 an hour, variance (3·(1/150)² + 2·(1/300)² + (1/75)²)/5 an hour, over 6 hours
    const mean = 1 / 60;
    const variance = (3 / 150 ** 2 + 2 / 300 ** 2 + 1 / 75 ** 2) / 5;
    const { forecast: told } = forecast({ pace });
    expect(hoursFromNow(told.exhaustedAt)).toBeCloseTo(0.37 / mean, 5);
    for (const [at, sign] of [
      [told.earliest, 1],
      [told.latest, -1],
    ] as const) {
      const h = Number(hoursFromNow(at));
      const spread =
        1.2815515655446004 * Math.sqrt(variance * (h + (h * h) / 6));
      expect(mean * h + sign * spread).toBeCloseTo(0.37, 5);
    }
  });

  it('tells no time beyond the window’s end', () => {
    const { forecast: told, points } = forecast({
      untilMs: NOW + 36 * HOUR_MS,
    });
    expect(told.exhaustedAt).toBeUndefined();
    expect(told.earliest).toBeUndefined();
    expect(points[0]).toEqual({
      at: new Date(NOW).toISOString(),
      low: 0.37,
      mid: 0.37,
      high: 0.37,
    });
    expect(points).toHaveLength(49);
    expect(points[48].mid).toEqual(near(0.01));
  });

  it('says now when nothing is left', () => {
    const now = new Date(NOW).toISOString();
    expect(forecast({ remaining: -0.5 }).forecast).toMatchObject({
      exhaustedAt: now,
      earliest: now,
      latest: now,
    });
  });

  it('never ends when nothing is spent', () => {
    const { forecast: told, points } = forecast({
      pace: spendPace(hours(0, 0, 0))!,
    });
    expect(told.exhaustedAt).toBeUndefined();
    expect(told.earliest).toBeUndefined();
    expect(points[48].low).toBe(0.37);
  });

  it('heals by what falls out of a rolling window', () => {
    // 30 % was spent in the oldest day: it is back after a day, so 0.37 − 0.24 + 0.30 = 0.43.
    const rolling = {
      durationMs: 30 * DAY_MS,
      spent: [
        { fromMs: NOW - 30 * DAY_MS, toMs: NOW - 29 * DAY_MS, spent: 0.3 },
        { fromMs: NOW - 6 * HOUR_MS, toMs: NOW, spent: 0.06 },
      ],
    };
    const { forecast: told, points } = forecast({
      rolling,
      untilMs: NOW + 48 * DAY_MS,
    });
    expect(points.find(({ at }) => hoursFromNow(at) === 24)?.mid).toEqual(
      near(0.43),
    );
    expect(hoursFromNow(told.exhaustedAt)).toBeCloseTo(67, 6);
  });

  it('sees a budget that is empty for a while before it heals', () => {
    // 1 % an hour empties 5 % in 5 hours; 90 % come back only in the second day.
    const rolling = {
      durationMs: 30 * DAY_MS,
      spent: [
        { fromMs: NOW - 29 * DAY_MS, toMs: NOW - 28 * DAY_MS, spent: 0.9 },
      ],
    };
    const { forecast: told } = forecast({ remaining: 0.05, rolling });
    expect(hoursFromNow(told.exhaustedAt)).toBeCloseTo(5, 6);
  });

  it('counts only the part of a piece that is still in the window', () => {
    const rolling = {
      durationMs: 30 * DAY_MS,
      spent: [
        { fromMs: NOW - 31 * DAY_MS, toMs: NOW - 29 * DAY_MS, spent: 0.2 },
      ],
    };
    const { points } = forecast({ rolling, untilMs: NOW + 48 * HOUR_MS });
    // what it spent since the window's start is told of it: 0.2 leave within a day
    expect(points.find(({ at }) => hoursFromNow(at) === 24)?.mid).toEqual(
      near(0.37 - 0.24 + 0.2),
    );
  });

  it('keeps low ≤ mid ≤ high and earliest ≤ exhausted ≤ latest', () => {
    const share = fc.double({ min: 0, max: 0.2, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(share, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 1_000 }),
        (spent, remaining, horizonHours) => {
          const { forecast: told, points } = forecast({
            pace: spendPace(hours(...spent))!,
            remaining,
            untilMs: NOW + horizonHours * HOUR_MS,
          });
          for (const { low, mid, high } of points) {
            expect(low).toBeLessThanOrEqual(mid);
            expect(mid).toBeLessThanOrEqual(high);
          }
          const end = 'never';
          const [earliest, exhausted, latest] = [
            told.earliest ?? end,
            told.exhaustedAt ?? end,
            told.latest ?? end,
          ];
          expect(earliest <= exhausted).toBe(true);
          expect(exhausted <= latest).toBe(true);
        },
      ),
    );
  });

  it('refuses figures that are none', () => {
    expect(() => forecast({ remaining: NaN })).toThrow(/finite figures/);
    expect(forecast({ untilMs: NOW }).points).toEqual([]);
  });
});

describe('a budget that grows with what is counted', () => {
  // One hour of thirty days was counted, evenly; all that was spent was spent in it.
  const young = (spent: number) =>
    forecast({
      remaining: 1 - spent,
      pace: spendPace(hours(spent))!,
      growing: { countedMs: HOUR_MS, forMs: 30 * DAY_MS },
    });

  it('lasts at a burn rate below 1, as it would in a whole window', () => {
    const { forecast: told, points } = young(0.2);
    expect(told.exhaustedAt).toBeUndefined();
    for (const { mid } of points) expect(mid).toEqual(near(0.8));
  });

  it('is empty at once when it burned more than its size', () => {
    expect(hoursFromNow(young(1.5).forecast.exhaustedAt)).toBe(0);
  });

  it('tells when a new pace has spent what grew', () => {
    const { forecast: told } = forecast({
      remaining: 0.5,
      pace: spendPace(hours(2, 2, 2, 2))!,
      growing: { countedMs: HOUR_MS, forMs: 29 * DAY_MS },
    });
    // 0.5 + h − 2 h = 0
    expect(hoursFromNow(told.exhaustedAt)).toBeCloseTo(0.5, 6);
  });

  it('grows no more once nothing is added without something leaving', () => {
    const { forecast: told } = forecast({
      remaining: 1,
      pace: spendPace(hours(0.5, 0.5))!,
      growing: { countedMs: HOUR_MS, forMs: 10 * HOUR_MS },
    });
    // 1 + 10 − 0.5 h = 0
    expect(hoursFromNow(told.exhaustedAt)).toBeCloseTo(22, 6);
  });
});
