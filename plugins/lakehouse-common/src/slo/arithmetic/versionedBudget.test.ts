import { near } from './__testUtils__/near';
import { versionedBudget } from './versionedBudget';

const MINUTE_MS = 60_000;

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
    expect(attainment).toEqual(near(14_940 / 15_000));
    expect(budget?.allowed).toEqual(near(105));
    expect(budget?.spent).toEqual(near(60));
    expect(budget?.remaining).toEqual(near(45 / 105));
    expect(burn).toEqual(near(60 / 105));
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
    expect(attainment).toEqual(near(1 - 70 / 1_200));
    expect(budget?.remaining).toEqual(near(50 / 120));
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
    expect(attained.attainment).toEqual(near(0.925));
    expect(attained.budget?.remaining).toEqual(near(0.25));
    expect(attained.problems).toEqual([
      expect.stringMatching(/method changed/),
    ]);
  });

  it('knows nothing without spans', () => {
    expect(versionedBudget({ spans: [] })).toEqual({ problems: [] });
  });
});
