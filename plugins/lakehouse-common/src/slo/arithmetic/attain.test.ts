import fc from 'fast-check';
import type { BudgetingMethod } from '../definition';
import { expectNear } from './__testUtils__/expectNear';
import { attain, burnRate } from './attain';
import { sliceSums } from './sliceSums';
import type { SloMinute, SloSums } from './SloSums';
import { splitRange } from './splitRange';
import { versionedBudget } from './versionedBudget';

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

  it('goes below nothing: everything failed at 99.9 %', () => {
    const { budget, burnRate: burn } = attain({
      method: 'Occurrences',
      target: 0.999,
      sums: { good: 0, total: 500 },
    });
    // 1 − 500/(0.001 · 500) = −999
    expectNear(budget?.remaining, -999);
    expectNear(burn, 1_000);
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
    expectNear(budget?.allowed, 10 * MINUTE_MS);
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

describe('attainment over versions of a definition', () => {
  it('judges each time by the target that stood then', () => {
    const {
      attainment,
      budget,
      burnRate: burn,
    } = versionedBudget({
      spans: [
        {
          method: 'Occurrences',
          target: 0.99,
          sums: { good: 9_950, total: 10_000 },
        },
        {
          method: 'Occurrences',
          target: 0.999,
          sums: { good: 4_990, total: 5_000 },
        },
      ],
    });
    // spent 50 + 10; allowed 0.01 · 10 000 + 0.001 · 5 000 = 105
    expectNear(attainment, 14_940 / 15_000);
    expectNear(budget?.allowed, 105);
    expectNear(budget?.spent, 60);
    expectNear(budget?.remaining, 45 / 105);
    expectNear(burn, 60 / 105);
  });

  it('weighs slices of different length by their time', () => {
    const { attainment, budget } = versionedBudget({
      spans: [
        {
          method: 'Timeslices',
          target: 0.9,
          sliceMs: 60 * MINUTE_MS,
          sums: {
            good: 0,
            total: 0,
            slices: { good: 9, total: 10, ratioSum: 9 },
          },
        },
        {
          method: 'Timeslices',
          target: 0.9,
          sliceMs: MINUTE_MS,
          sums: {
            good: 0,
            total: 0,
            slices: { good: 590, total: 600, ratioSum: 590 },
          },
        },
      ],
    });
    // bad: 60 + 10 of 600 + 600 minutes; allowed 120
    expectNear(attainment, 1 - 70 / 1_200);
    expectNear(budget?.remaining, 50 / 120);
  });

  it('starts anew where the method changed, and says so', () => {
    const slices = { good: 9, total: 10, ratioSum: 9.5 };
    const attained = versionedBudget({
      spans: [
        { method: 'Occurrences', target: 0.9, sums: { good: 0, total: 10 } },
        {
          method: 'Timeslices',
          target: 0.9,
          sliceMs: 1,
          sums: { good: 0, total: 0, slices },
        },
        {
          method: 'RatioTimeslices',
          target: 0.9,
          sliceMs: 1,
          sums: { good: 0, total: 0, slices },
        },
      ],
    });
    // missed 1 + 0.5 of 20, allowed 2
    expectNear(attained.attainment, 0.925);
    expectNear(attained.budget?.remaining, 0.25);
    expect(attained.problems).toEqual([
      expect.stringMatching(/method changed/),
    ]);
  });

  it('knows nothing without spans', () => {
    expect(versionedBudget({ spans: [] })).toEqual({ problems: [] });
  });

  it('says nothing else than one definition where none changed', () => {
    fc.assert(
      fc.property(sums(), sums(), (one, two) => {
        const target = 0.99;
        const method = 'Occurrences';
        const whole = attain({ method, target, sums: add(one, two) });
        const parts = versionedBudget({
          spans: [one, two].map(part => ({ method, target, sums: part })),
        });
        expect(parts.budget?.remaining ?? 0).toBeCloseTo(
          whole.budget?.remaining ?? 0,
          9,
        );
      }),
    );
  });
});

describe('events, however they come', () => {
  it('split and reordered change nothing', () => {
    fc.assert(
      fc.property(
        fc.array(minute(), { minLength: 1, maxLength: 200 }),
        fc.constantFrom(...METHODS),
        fc.infiniteStream(fc.integer({ min: 0, max: 1_000 })),
        (minutes, method, random) => {
          const draw = () => random.next().value ?? 0;
          // Each minute's events come in two parts, all in any order.
          const shuffled = minutes
            .flatMap(each => {
              const bad = Math.floor(
                (draw() / 1_000) * (each.total - each.good),
              );
              const good = Math.floor((draw() / 1_000) * each.good);
              return [
                { ...each, good, total: good + bad },
                {
                  ...each,
                  good: each.good - good,
                  total: each.total - good - bad,
                },
              ];
            })
            .map(each => ({ each, place: draw() }))
            .sort((a, b) => a.place - b.place)
            .map(({ each }) => each);
          expectSame(evaluate(method, minutes), evaluate(method, shuffled));
        },
      ),
    );
  });

  it('merged from day, hour and minute buckets equal the raw evaluation', () => {
    fc.assert(
      fc.property(
        fc.array(minute(), { minLength: 1, maxLength: 300 }),
        fc.constantFrom(...METHODS),
        fc.integer({ min: 0, max: 3_000 }),
        fc.integer({ min: 1, max: 3_000 }),
        (minutes, method, from, length) => {
          const range = {
            fromMs: from * MINUTE_MS,
            toMs: (from + length) * MINUTE_MS,
          };
          const within = (fromMs: number, toMs: number) =>
            minutes.filter(
              ({ startMs }) => startMs >= fromMs && startMs < toMs,
            );
          const width = {
            minute: MINUTE_MS,
            hour: 60 * MINUTE_MS,
            day: 1_440 * MINUTE_MS,
          };
          const merged = splitRange(range)
            .flatMap(run =>
              Array.from(
                { length: (run.toMs - run.fromMs) / width[run.width] },
                (_, index) => {
                  const start = run.fromMs + index * width[run.width];
                  return sumsOf(within(start, start + width[run.width]));
                },
              ),
            )
            .reduce(add, { good: 0, total: 0, slices: NO_SLICES });
          expectSame(
            attain({ method, target: 0.95, sums: merged, sliceMs: MINUTE_MS }),
            evaluate(method, within(range.fromMs, range.toMs)),
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});

function minute(): fc.Arbitrary<SloMinute> {
  return fc
    .tuple(
      fc.integer({ min: 0, max: 5_000 }),
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 0, max: 20 }),
    )
    .map(([at, good, bad]) => ({
      startMs: at * MINUTE_MS,
      good,
      total: good + bad,
    }));
}

function sums(): fc.Arbitrary<SloSums> {
  return minute().map(({ good, total }) => ({ good, total }));
}

function sumsOf(minutes: readonly SloMinute[]) {
  return {
    good: minutes.reduce((sum, { good }) => sum + good, 0),
    total: minutes.reduce((sum, { total }) => sum + total, 0),
    slices: sliceSums(minutes, { durationMs: MINUTE_MS, target: 0.9 }),
  };
}

function evaluate(method: BudgetingMethod, minutes: readonly SloMinute[]) {
  return attain({
    method,
    target: 0.95,
    sums: sumsOf(minutes),
    sliceMs: MINUTE_MS,
  });
}

function add(one: SloSums, two: SloSums) {
  const [a, b] = [one.slices ?? NO_SLICES, two.slices ?? NO_SLICES];
  return {
    good: one.good + two.good,
    total: one.total + two.total,
    slices: {
      good: a.good + b.good,
      total: a.total + b.total,
      ratioSum: a.ratioSum + b.ratioSum,
    },
  };
}

function expectSame(
  one: ReturnType<typeof attain>,
  two: ReturnType<typeof attain>,
) {
  expect(one.attainment === undefined).toBe(two.attainment === undefined);
  expect(one.attainment ?? 0).toBeCloseTo(two.attainment ?? 0, 9);
  expect(one.budget?.remaining ?? 0).toBeCloseTo(two.budget?.remaining ?? 0, 9);
  expect(one.burnRate ?? 0).toBeCloseTo(two.burnRate ?? 0, 9);
}
