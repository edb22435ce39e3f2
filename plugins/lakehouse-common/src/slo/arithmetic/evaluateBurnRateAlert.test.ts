import type { BurnRateCondition } from '../definition';
import {
  type BurnRateSweep,
  evaluateBurnRateAlert,
  type FiringInterval,
} from './evaluateBurnRateAlert';
import type { SloMinute } from './SloSums';

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

const FAST: BurnRateCondition = {
  name: 'fast',
  severity: 'page',
  op: 'gte',
  factor: 14.4,
  longMs: 60 * MINUTE_MS,
  shortMs: 5 * MINUTE_MS,
  alertAfterMs: 0,
};
const SLOW: BurnRateCondition = {
  ...FAST,
  factor: 6,
  longMs: 360 * MINUTE_MS,
  shortMs: 30 * MINUTE_MS,
};

/** Minutes in a row: so many with so many good of so many; `undefined`: not observed. */
function minutes(
  ...parts: Array<[number, number, number] | [number]>
): SloMinute[] {
  const all: SloMinute[] = [];
  let at = 0;
  for (const [count, good, total] of parts) {
    for (let index = 0; index < count; index++) {
      if (good !== undefined && total !== undefined) {
        all.push({ startMs: at * MINUTE_MS, good, total });
      }
      at++;
    }
  }
  return all;
}

function sweep(
  condition: BurnRateCondition,
  series: SloMinute[],
  more: Partial<BurnRateSweep> = {},
) {
  return inMinutes(
    evaluateBurnRateAlert({
      method: 'Occurrences',
      condition,
      objectives: [{ minutes: series, target: 0.999 }],
      ...more,
    }),
  );
}

function inMinutes(intervals: FiringInterval[]) {
  return intervals.map(({ firedAtMs, resolvedAtMs }) => [
    firedAtMs / MINUTE_MS,
    resolvedAtMs && resolvedAtMs / MINUTE_MS,
  ]);
}

describe('when an alert fires', () => {
  const day: [number, number, number] = [DAY_MINUTES, 1_000, 1_000];

  it('everything fails: within a minute at 99.9 % (14.4 · 0.1 % · 60 min = 0.86 min)', () => {
    // It resolves when the newest 5 minutes have none of the bad ones left: 10 + 5.
    expect(sweep(FAST, minutes(day, [10, 0, 1_000], day))).toEqual([
      [DAY_MINUTES + 1, DAY_MINUTES + 15],
    ]);
  });

  it('1.44 % fail: after the whole hour', () => {
    expect(
      sweep(FAST, minutes(day, [90, 9_856, 10_000], [5, 10_000, 10_000])),
    ).toEqual(
      // The minutes before carry a tenth of the events: after 56 minutes the hour
      // has 56 · 144 / (56 · 10 000 + 4 · 1 000) = 1.43 %, after 60 it has 1.44 %.
      [[DAY_MINUTES + 60, DAY_MINUTES + 91]],
    );
  });

  it('1.43 % fail: never', () => {
    expect(sweep(FAST, minutes(day, [600, 9_857, 10_000], day))).toEqual([]);
  });

  it('1 % fail: the slow alert after 6 · 0.1 % · 360 / 1 % = 216 minutes', () => {
    // It holds while 18 of the newest 30 minutes are bad: 18/30 · 1 % = 0.6 %.
    expect(sweep(SLOW, minutes(day, [300, 990, 1_000], day))).toEqual([
      [DAY_MINUTES + 216, DAY_MINUTES + 300 + 13],
    ]);
  });

  it('Pyrra, 99 % over 28 d, everything fails: 14 · 1 % · 60 = 8.4 minutes, and 2 of hold time', () => {
    const condition: BurnRateCondition = {
      ...FAST,
      op: 'gt',
      factor: 14,
      alertAfterMs: 2 * MINUTE_MS,
    };
    expect(
      sweep(condition, [], {
        objectives: [
          { minutes: minutes(day, [30, 0, 1_000], day), target: 0.99 },
        ],
      }),
    ).toEqual([[DAY_MINUTES + 11, DAY_MINUTES + 35]]);
  });

  it('two incidents are two alerts, and the last may still fire', () => {
    expect(
      sweep(FAST, minutes(day, [10, 0, 1_000], day, [3, 0, 1_000])),
    ).toEqual([
      [DAY_MINUTES + 1, DAY_MINUTES + 15],
      [2 * DAY_MINUTES + 11, undefined],
    ]);
  });

  it('an incident shorter than the hold time is none', () => {
    expect(
      sweep(
        { ...FAST, alertAfterMs: 20 * MINUTE_MS },
        minutes(day, [3, 0, 1_000], day),
      ),
    ).toEqual([]);
  });

  it('freezes while nothing is observed: it goes on firing until figures say otherwise', () => {
    expect(
      sweep(FAST, minutes(day, [10, 0, 1_000], [120], [60, 1_000, 1_000])),
    ).toEqual([[DAY_MINUTES + 1, DAY_MINUTES + 10 + 121]]);
  });

  it('does not wait on while nothing is observed', () => {
    const condition = { ...SLOW, alertAfterMs: 15 * MINUTE_MS };
    const blind: [number] = [120];
    const end: [number, number, number] = [1, 1_000, 1_000];
    // It holds from minute 3 on and is seen until 9: 6 of the 15 minutes.
    expect(sweep(condition, minutes(day, [5, 0, 1_000], blind, end))).toEqual(
      [],
    );
    expect(sweep(condition, minutes(day, [20, 0, 1_000], blind, end))).toEqual([
      [DAY_MINUTES + 18, DAY_MINUTES + 141],
    ]);
  });

  it('resolves where there was nothing to count, but observed', () => {
    expect(
      sweep(
        FAST,
        minutes(day, [10, 0, 1_000], [120, 0, 0], [60, 1_000, 1_000]),
      ),
    ).toEqual([[DAY_MINUTES + 1, DAY_MINUTES + 15]]);
  });

  it('does not count what is excluded', () => {
    expect(
      sweep(FAST, minutes(day, [10, 0, 1_000], day), {
        excluded: [
          {
            fromMs: DAY_MINUTES * MINUTE_MS,
            toMs: (DAY_MINUTES + 10) * MINUTE_MS,
          },
        ],
      }),
    ).toEqual([]);
  });

  it('takes minutes in any order, adds those of the same minute, and ignores the future', () => {
    const series = minutes(day, [10, 0, 1_000], day);
    const range = { fromMs: 0, toMs: (2 * DAY_MINUTES + 10) * MINUTE_MS };
    const halves = series
      .flatMap(({ startMs, good, total }) => [
        { startMs, good: good / 4, total: total / 4 },
        { startMs, good: (good * 3) / 4, total: (total * 3) / 4 },
      ])
      .reverse();
    const future = { startMs: 1e14, good: 0, total: 1e9 };
    expect(
      sweep(FAST, [], {
        objectives: [{ minutes: [future, ...halves], target: 0.999 }],
        range,
      }),
    ).toEqual([[DAY_MINUTES + 1, DAY_MINUTES + 15]]);
  });

  it('takes minutes that are no counts as not observed', () => {
    const bad = [NaN, -1, Infinity].map((total, index) => ({
      startMs: (DAY_MINUTES + index) * MINUTE_MS,
      good: 0,
      total,
    }));
    expect(sweep(FAST, [...minutes(day), ...bad])).toEqual([]);
  });

  it('knows nothing of nothing, and refuses endless times', () => {
    expect(sweep(FAST, [])).toEqual([]);
    expect(() =>
      sweep(FAST, [], { range: { fromMs: 0, toMs: 1_000_001 * MINUTE_MS } }),
    ).toThrow(/1000000 minutes at most/);
  });

  it('takes 400 days', () => {
    const series = minutes([400 * DAY_MINUTES - 10, 10, 10], [10, 0, 10]);
    expect(sweep(FAST, series)).toEqual([[400 * DAY_MINUTES - 9, undefined]]);
  });

  it('a composite fires when its objectives together burn fast enough', () => {
    const series = minutes(day, [120, 991, 1_000], day);
    const objective = { minutes: series, target: 0.999 };
    // Each burns 9 times its pace, both together 18: after 48 minutes 14.4.
    expect(sweep(FAST, [], { objectives: [objective] })).toEqual([]);
    expect(sweep(FAST, [], { objectives: [objective, objective] })).toEqual([
      // It holds while 4 of the newest 5 minutes are bad.
      [DAY_MINUTES + 48, DAY_MINUTES + 122],
    ]);
  });
});
