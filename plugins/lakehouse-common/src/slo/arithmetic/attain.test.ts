import type { BudgetingMethod } from '../definition';
import { near } from './__testUtils__/near';
import { attain, burnRate } from './attain';

const MINUTE_MS = 60_000;
const NO_SLICES = { good: 0, total: 0, ratioSum: 0 };
const METHODS: BudgetingMethod[] = [
  'Occurrences',
  'Timeslices',
  'RatioTimeslices',
];

describe('attainment', () => {
  it.each([0, 1, 1.5, -0.1, NaN, 1 - 1e-13])(
    'refuses a target of %s',
    target => {
      expect(() =>
        attain({ method: 'Occurrences', target, sums: { good: 1, total: 1 } }),
      ).toThrow(/leaves no error budget/);
    },
  );

  it.each(METHODS)('%s: nothing to count is neither good nor bad', method => {
    const attained = attain({
      method,
      target: 0.99,
      sums: { good: 0, total: 0, slices: NO_SLICES },
      sliceMs: MINUTE_MS,
      windowSlices: 43_200,
    });
    expect(attained).toEqual({ problems: [] });
    expect(
      burnRate({
        method,
        target: 0.99,
        sums: { good: 0, total: 0 },
        sliceMs: 1,
      }),
    ).toBeUndefined();
  });

  it.each([
    [NaN, 10],
    [5, NaN],
    [Infinity, Infinity],
    [-1, 10],
    [5, -10],
  ])('leaves out %s good of %s and says so', (good, total) => {
    const attained = attain({
      method: 'Occurrences',
      target: 0.99,
      sums: { good, total },
    });
    expect(attained.attainment).toBeUndefined();
    expect(attained.budget).toBeUndefined();
    expect(attained.problems).toEqual([
      `events: ${good} good of ${total} is no count and is left out`,
    ]);
  });

  it('takes more good than all as all good, and says so', () => {
    expect(
      attain({
        method: 'Occurrences',
        target: 0.9,
        sums: { good: 12, total: 10 },
      }),
    ).toEqual({
      attainment: 1,
      budget: { unit: 'events', allowed: 1, spent: 0, remaining: 1 },
      burnRate: 0,
      problems: ['events: 12 good of 10 counts as all good'],
    });
  });

  it('meets its target exactly: an empty budget is 0, not a rest of rounding', () => {
    for (const [target, bad, total] of [
      [0.999, 1, 1_000],
      [0.995, 5, 1_000],
      [0.9999, 3, 30_000],
      [0.97, 30, 1_000],
      [0.7, 3, 10],
    ]) {
      const { budget } = attain({
        method: 'Occurrences',
        target,
        sums: { good: total - bad, total },
      });
      expect(budget?.remaining).toBe(0);
    }
  });

  it('takes what rounding leaves of a sum of ratios as nothing', () => {
    const ratioSum = Array.from({ length: 10 }, () => 0.9).reduce(
      (sum, ratio) => sum + ratio,
    );
    expect(ratioSum).not.toBe(9);
    const { budget } = attain({
      method: 'RatioTimeslices',
      target: 0.9,
      sums: { good: 0, total: 0, slices: { good: 0, total: 10, ratioSum } },
      sliceMs: MINUTE_MS,
    });
    expect(budget?.remaining).toBe(0);
  });

  it('goes below nothing: everything failed at 99.9 %', () => {
    const { budget, burnRate: burn } = attain({
      method: 'Occurrences',
      target: 0.999,
      sums: { good: 0, total: 500 },
    });
    // 1 − 500/(0.001 · 500) = −999
    expect(budget?.remaining).toEqual(near(-999));
    expect(burn).toEqual(near(1_000));
  });

  it('counts fractions, as ratios of Prometheus are', () => {
    const { attainment, budget } = attain({
      method: 'Occurrences',
      target: 0.5,
      sums: { good: 0.75, total: 1.5 },
    });
    expect(attainment).toBe(0.5);
    expect(budget?.remaining).toBe(0);
  });

  it('takes the counted slices where the window seems to have fewer', () => {
    const { budget } = attain({
      method: 'Timeslices',
      target: 0.9,
      sums: {
        good: 0,
        total: 0,
        slices: { good: 99, total: 100, ratioSum: 99 },
      },
      sliceMs: MINUTE_MS,
      windowSlices: 10,
    });
    // 0.1 · 100 slices
    expect(budget?.allowed).toEqual(near(10 * MINUTE_MS));
  });

  it.each([undefined, 0, -1, NaN])(
    'needs the length of slices: %s',
    sliceMs => {
      expect(() =>
        attain({
          method: 'Timeslices',
          target: 0.9,
          sums: { good: 1, total: 1, slices: NO_SLICES },
          sliceMs,
        }),
      ).toThrow(/length of its slices/);
    },
  );

  it('refuses a window of no count of slices', () => {
    expect(() =>
      attain({
        method: 'Timeslices',
        target: 0.9,
        sums: { good: 1, total: 1, slices: NO_SLICES },
        sliceMs: 1,
        windowSlices: NaN,
      }),
    ).toThrow(/NaN slices/);
  });
});
