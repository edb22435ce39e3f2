import fc from 'fast-check';
import type { BudgetingMethod } from '../definition';
import { near } from './__testUtils__/near';
import { attain, type SloAttainment } from './attain';
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

describe('events, however they come', () => {
  it('judged by versions that are alike are as by one', () => {
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
          expect(figures(evaluate(method, minutes))).toEqual(
            like(evaluate(method, shuffled)),
          );
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
          expect(
            figures(
              attain({
                method,
                target: 0.95,
                sums: merged,
                sliceMs: MINUTE_MS,
              }),
            ),
          ).toEqual(like(evaluate(method, within(range.fromMs, range.toMs))));
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

/** Figures of both, so that one can be told like the other to 1e-9. */
function figures({ attainment, budget, burnRate }: SloAttainment) {
  return [attainment, budget?.remaining, burnRate];
}

function like(attained: SloAttainment) {
  return figures(attained).map(figure =>
    figure === undefined ? undefined : near(figure),
  );
}
