import fc from 'fast-check';
import type { BudgetingMethod, BurnRateCondition } from '../definition';
import { burnRate } from './attain';
import { compositeBudget } from './compositeBudget';
import {
  type BurnRateSweep,
  evaluateBurnRateAlert,
  type FiringInterval,
} from './evaluateBurnRateAlert';
import { lookbackSpan } from './lookbackSpan';
import { type AlertMachine, nextAlertState } from './nextAlertState';
import { jointSliceSums, sliceSums } from './sliceSums';

const MINUTE_MS = 60_000;

function inMinutes(intervals: FiringInterval[]) {
  return intervals.map(({ firedAtMs, resolvedAtMs }) => [
    firedAtMs / MINUTE_MS,
    resolvedAtMs && resolvedAtMs / MINUTE_MS,
  ]);
}

describe('a sweep, against counting each lookback anew', () => {
  const slice = { durationMs: 2 * MINUTE_MS, target: 0.8 };
  const condition: BurnRateCondition = {
    name: 'fast',
    severity: 'page',
    op: 'gte',
    factor: 2,
    alertAfterMs: 0,
    longMs: 12 * MINUTE_MS,
    shortMs: 3 * MINUTE_MS,
  };
  const series = fc
    .array(
      fc.tuple(
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 0, max: 9 }),
        fc.integer({ min: 0, max: 9 }),
        fc.boolean(),
      ),
      { maxLength: 150 },
    )
    .map(parts =>
      parts.map(([at, good, bad, observed]) => ({
        startMs: at * MINUTE_MS,
        good: observed ? good : 0,
        total: observed ? good + bad : 0,
        observed,
      })),
    );

  it.each<[BudgetingMethod, number]>([
    ['Occurrences', 1],
    ['Timeslices', 1],
    ['RatioTimeslices', 1],
    ['Occurrences', 2],
    ['Timeslices', 2],
    ['RatioTimeslices', 2],
  ])('%s, %s objectives: the same minutes', (method, count) => {
    fc.assert(
      fc.property(
        fc.array(series, { minLength: count, maxLength: count }),
        fc.integer({ min: 0, max: 3 }),
        (all, alertAfter) => {
          const options: BurnRateSweep = {
            method,
            condition: { ...condition, alertAfterMs: alertAfter * MINUTE_MS },
            objectives: all.map((each, index) => ({
              minutes: each,
              target: index ? 0.9 : 0.75,
              slice,
              weight: index ? 0.5 : 1,
            })),
            range: { fromMs: 0, toMs: 125 * MINUTE_MS },
          };
          expect(inMinutes(evaluateBurnRateAlert(options))).toEqual(
            naive(options),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('fires when all of a slice is missed, whatever the roundings before it', () => {
    // 0.375 + 0.5 + 0.2 + 1 − (0.375 + 0.5 + 0.2) is a hair more than 1.
    const minutes = [
      { startMs: 0, good: 5, total: 8 },
      { startMs: 62 * MINUTE_MS, good: 2, total: 4 },
      { startMs: 64 * MINUTE_MS, good: 4, total: 5 },
      { startMs: 68 * MINUTE_MS, good: 0, total: 1 },
    ];
    const fired = evaluateBurnRateAlert({
      method: 'RatioTimeslices',
      condition: { ...condition, alertAfterMs: 2 * MINUTE_MS },
      objectives: [
        { minutes, target: 0.75, slice, weight: 1 },
        { minutes: [], target: 0.9, slice, weight: 0.5 },
      ],
      range: { fromMs: 0, toMs: 125 * MINUTE_MS },
    });
    expect(inMinutes(fired)).toEqual([[71, undefined]]);
  });

  function naive({ method, objectives, ...options }: BurnRateSweep) {
    const intervals: Array<[number, number | undefined]> = [];
    let machine: AlertMachine | undefined;
    for (let minute = 1; minute <= 125; minute++) {
      const nowMs = minute * MINUTE_MS;
      const seen = objectives.filter(objective =>
        objective.minutes.some(
          ({ startMs, observed }) =>
            observed && startMs >= nowMs - 5 * MINUTE_MS && startMs < nowMs,
        ),
      ).length;
      const step = nextAlertState(
        machine,
        {
          long: rateOf(nowMs, options.condition.longMs),
          short: rateOf(nowMs, options.condition.shortMs ?? 0),
          observed: seen > 0,
          partly: seen < objectives.length,
        },
        { condition: options.condition, nowMs },
      );
      machine = step.machine;
      if (step.transition === 'firing') {
        intervals.push([minute, undefined]);
      } else if (step.transition === 'resolved') {
        intervals[intervals.length - 1][1] = minute;
      }
    }
    return intervals;

    function rateOf(atMs: number, lookbackMs: number): number | undefined {
      const span = lookbackSpan({
        atMs,
        lookbackMs,
        sliceMs: method === 'Occurrences' ? undefined : slice.durationMs,
      });
      const inside = objectives.map(objective => ({
        ...objective,
        minutes: objective.minutes.filter(
          ({ startMs, observed }) =>
            observed && startMs >= span.fromMs && startMs < span.toMs,
        ),
      }));
      const sums = inside.map(({ minutes: part }) => ({
        good: part.reduce((sum, { good }) => sum + good, 0),
        total: part.reduce((sum, { total }) => sum + total, 0),
        slices: sliceSums(part, slice),
      }));
      if (objectives.length === 1) {
        return burnRate({
          method,
          target: objectives[0].target,
          sums: sums[0],
          sliceMs: slice.durationMs,
        });
      }
      return compositeBudget({
        method,
        objectives: inside.map(({ target, weight = 1 }, index) => ({
          key: String(index),
          target,
          weight,
          sums: sums[index],
          sliceMs: slice.durationMs,
        })),
        joint: jointSliceSums(
          inside.map(({ minutes: part }) => ({ minutes: part, slice })),
        ),
      }).burnRate;
    }
  }
});
