import type { SloWindow } from '../definition';
import { near } from './__testUtils__/near';
import {
  burnRateCeiling,
  burnRateFactor,
  canFire,
  defaultBurnRateConditions,
  meetsBurnRate,
  paceMsOf,
  sloWindowMs,
} from './burnRateConditions';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const rolling = (durationMs: number): SloWindow => ({
  kind: 'rolling',
  durationMs,
});

describe('default alerts', () => {
  it.each([
    // SRE workbook, table 5-8; Sloth, 28d and 30d
    ['30 d', 30 * DAY_MS, [14.4, 6, 1], [60, 360, 4_320], [5, 30, 360]],
    [
      '28 d',
      28 * DAY_MS,
      [13.44, 5.6, 2.8 / 3],
      [60, 360, 4_320],
      [5, 30, 360],
    ],
    // 0.02 · 14 · 24 / 1, 0.05 · 14 · 24 / 6, 0.1 · 14 / 3
    ['14 d', 14 * DAY_MS, [6.72, 2.8, 1.4 / 3], [60, 360, 4_320], [5, 30, 360]],
    ['90 d', 90 * DAY_MS, [43.2, 18, 3], [60, 360, 4_320], [5, 30, 360]],
    ['400 d', 400 * DAY_MS, [192, 80, 40 / 3], [60, 360, 4_320], [5, 30, 360]],
    // 1 h, 6 h and 3 d times 7/30
    ['7 d', 7 * DAY_MS, [14.4, 6, 1], [14, 84, 1_008], [1, 7, 84]],
    ['1 d', DAY_MS, [14.4, 6, 1], [2, 12, 144], [1, 1, 12]],
    ['1 h', HOUR_MS, [14.4, 6, 1], [2, 2, 6], [1, 1, 1]],
  ])('%s', (_, windowMs, factors, longs, shorts) => {
    const conditions = defaultBurnRateConditions(rolling(windowMs));
    conditions.forEach((condition, index) => {
      expect(condition.factor).toEqual(near(factors[index]));
      expect(condition.longMs).toBe(longs[index] * MINUTE_MS);
      expect(condition.shortMs).toBe(shorts[index] * MINUTE_MS);
      expect(condition.op).toBe('gte');
      expect(condition.alertAfterMs).toBe(0);
    });
    expect(conditions.map(({ severity }) => severity)).toEqual([
      'page',
      'page',
      'ticket',
    ]);
  });

  it('go by the nominal length of calendar windows', () => {
    const month = {
      kind: 'calendar',
      count: 1,
      unit: 'month',
      startTime: '2026-01-01T00:00:00',
      timeZone: 'Europe/Berlin',
    } as const;
    expect(sloWindowMs(month)).toBe(30 * DAY_MS);
    expect(defaultBurnRateConditions(month)).toEqual(
      defaultBurnRateConditions(rolling(30 * DAY_MS)),
    );
    expect(sloWindowMs({ ...month, unit: 'quarter' })).toBe(90 * DAY_MS);
    expect(sloWindowMs({ ...month, unit: 'week', count: 4 })).toBe(28 * DAY_MS);
  });

  it.each([
    // Sloth: windows/google-28d, examples/windows/7d and custom-30d
    [2, 28 * DAY_MS, HOUR_MS, 13.44],
    [5, 28 * DAY_MS, 6 * HOUR_MS, 5.6],
    [10, 28 * DAY_MS, DAY_MS, 2.8],
    [10, 30 * DAY_MS, DAY_MS, 3],
    [8, 7 * DAY_MS, HOUR_MS, 13.44],
    [12.5, 7 * DAY_MS, 6 * HOUR_MS, 3.5],
    [20, 7 * DAY_MS, DAY_MS, 1.4],
    [42, 7 * DAY_MS, 3 * DAY_MS, 0.98],
    [1, 30 * DAY_MS, 30 * MINUTE_MS, 14.4],
    [2, 30 * DAY_MS, 3 * HOUR_MS, 4.8],
    [5, 30 * DAY_MS, 36 * HOUR_MS, 1],
  ])(
    '%s %% of %s ms in %s ms is a burn rate of %s',
    (percent, windowMs, longMs, factor) => {
      expect(burnRateFactor({ percent, windowMs, longMs })).toEqual(
        near(factor),
      );
    },
  );
});

describe('alerts that can not fire', () => {
  const fast = { name: 'fast-burn', op: 'gte', factor: 14.4 } as const;

  it.each([
    [0.9, 10], // SRE workbook 5, "Low-Traffic Services": at most ten times
    [0.99, 100],
    [0.999, 1_000],
  ])(
    'with a target of %s the budget burns at most %s times its pace',
    (target, ceiling) => {
      expect(burnRateCeiling(target)).toEqual(near(ceiling));
    },
  );

  it('14.4 needs a target above 93.05 %', () => {
    // 1 − 1/14.4 = 0.930555…
    expect(canFire(fast, 0.9306)).toEqual({ fires: true });
    expect(canFire(fast, 0.9305).fires).toBe(false);
    expect(canFire({ ...fast, factor: 10 }, 0.9)).toEqual({ fires: true });
    expect(canFire({ ...fast, op: 'gt', factor: 10 }, 0.9).fires).toBe(false);
  });

  it('say what to write instead', () => {
    expect(canFire(fast, 0.9)).toEqual({
      fires: false,
      note: 'fast-burn can never fire: with a target of 90 % the budget burns at most 10 times its pace, even when everything fails, and the alert waits for 14.4. Use a factor of 10 or less, or a target above 93.06 %',
    });
  });

  it('may fire when objectives together burn faster than one can', () => {
    expect(canFire(fast, 0.9, 2)).toEqual({ fires: true });
  });

  it('waiting for little always can', () => {
    expect(canFire({ ...fast, op: 'lt' }, 0.9)).toEqual({ fires: true });
  });
});

it.each([
  ['gte', 14.4 - 1e-12, true],
  ['gte', 14.39, false],
  ['gt', 14.4 + 1e-12, false],
  ['gt', 14.41, true],
  ['lte', 14.4 + 1e-12, true],
  ['lt', 14.4 - 1e-12, false],
  ['lt', 14, true],
] as const)('%s: %s against 14.4: %s', (op, rate, meets) => {
  expect(meetsBurnRate(op, rate, 14.4)).toBe(meets);
});

it.each([
  [30 * DAY_MS, 6 * HOUR_MS],
  [400 * DAY_MS, 6 * HOUR_MS],
  [14 * DAY_MS, 6 * HOUR_MS],
  [7 * DAY_MS, 84 * MINUTE_MS],
  [DAY_MS, 12 * MINUTE_MS],
  [HOUR_MS, 2 * MINUTE_MS],
])('the pace of a window of %s ms is taken over %s ms', (windowMs, paceMs) => {
  expect(paceMsOf(rolling(windowMs))).toBe(paceMs);
});
