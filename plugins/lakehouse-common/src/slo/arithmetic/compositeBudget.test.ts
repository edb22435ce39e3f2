import fc from 'fast-check';
import { near } from './__testUtils__/near';
import { attain } from './attain';
import { type CompositeObjective, compositeBudget } from './compositeBudget';
import { jointSliceSums, sliceSums } from './sliceSums';

const MINUTE_MS = 60_000;

function events(
  key: string,
  target: number,
  weight: number,
  good: number,
  total: number,
): CompositeObjective {
  return { key, target, weight, sums: { good, total } };
}

function slices(
  key: string,
  target: number,
  weight: number,
  ratioSum: number,
  total: number,
): CompositeObjective {
  return {
    key,
    target,
    weight,
    sliceMs: MINUTE_MS,
    sums: { good: 0, total: 0, slices: { good: ratioSum, total, ratioSum } },
  };
}

describe('composites by Occurrences', () => {
  it('burn at the sum of what their objectives burn', () => {
    const composite = compositeBudget({
      method: 'Occurrences',
      objectives: [
        events('a', 0.99, 1, 9_970, 10_000), // 30 of 100: 0.3
        events('b', 0.9, 1, 980, 1_000), // 20 of 100: 0.2
      ],
    });
    expect(composite.burnRate).toEqual(near(0.5));
    expect(composite.budget?.remaining).toEqual(near(0.5));
    expect(composite.worst).toBe('a');
    expect(composite.target).toBe(0.99);
    // 1 − 0.01 · 0.5
    expect(composite.attainment).toEqual(near(0.995));
    expect(composite.budget?.allowed).toEqual(near(100));
    expect(composite.budget?.spent).toEqual(near(50));
    expect(composite.objectives[1].budget?.remaining).toEqual(near(0.8));
  });

  it.each([
    [0.5, 0.15 + 0.2],
    [100, 30 + 0.2],
    [0, 0.2],
    [-3, 0.2],
  ])('weigh one objective by %s', (weight, burn) => {
    const composite = compositeBudget({
      method: 'Occurrences',
      objectives: [
        events('a', 0.99, weight, 9_970, 10_000),
        events('b', 0.9, 1, 980, 1_000),
      ],
    });
    expect(composite.burnRate).toEqual(near(burn));
    expect(composite.budget?.remaining).toEqual(near(1 - burn));
  });

  it('take an objective without data as neither healing nor burning', () => {
    const composite = compositeBudget({
      method: 'Occurrences',
      objectives: [events('a', 0.99, 1, 0, 0), events('b', 0.9, 1, 980, 1_000)],
    });
    expect(composite.budget?.remaining).toEqual(near(0.8));
    expect(composite.objectives[0].attainment).toBeUndefined();
    expect(
      compositeBudget({
        method: 'Occurrences',
        objectives: [events('a', 0.99, 1, 0, 0)],
      }).budget,
    ).toBeUndefined();
  });

  it('show no attainment below 0', () => {
    const { attainment, budget } = compositeBudget({
      method: 'Occurrences',
      objectives: [events('a', 0.5, 9, 0, 10)],
    });
    expect(attainment).toBe(0);
    expect(budget?.remaining).toEqual(near(1 - 18));
  });

  it('name the objective that a figure is wrong of, and refuse weights that are none', () => {
    expect(
      compositeBudget({
        method: 'Occurrences',
        objectives: [events('a', 0.9, 1, NaN, 1)],
      }).problems,
    ).toEqual([
      'objective a: events: NaN good of 1 is no count and is left out',
    ]);
    expect(() =>
      compositeBudget({
        method: 'Occurrences',
        objectives: [events('a', 0.9, NaN, 1, 1)],
      }),
    ).toThrow(/Objective a weighs NaN/);
  });
});

describe('composites by RatioTimeslices', () => {
  it('sum what is missing: two at 95 % are 90 % (OpenSLO, composite SLO)', () => {
    const composite = compositeBudget({
      method: 'RatioTimeslices',
      objectives: [slices('a', 0.8, 1, 95, 100), slices('b', 0.8, 1, 190, 200)],
    });
    expect(composite.attainment).toEqual(near(0.9));
    expect(composite.burnRate).toEqual(near(0.5));
    expect(composite.budget?.remaining).toEqual(near(0.5));
  });

  it('multiply what is missing by the weight, up to all of it', () => {
    const of = (weight: number) =>
      compositeBudget({
        method: 'RatioTimeslices',
        objectives: [
          slices('a', 0.8, weight, 95, 100),
          slices('b', 0.8, 1, 190, 200),
        ],
      }).attainment;
    expect(of(2)).toEqual(near(0.85));
    expect(of(0.5)).toEqual(near(0.925));
    expect(of(100)).toEqual(near(0));
  });
});

describe('composites by Timeslices', () => {
  const minute = (at: number, good: number, total: number) => ({
    startMs: at * MINUTE_MS,
    good,
    total,
  });
  const slice = { durationMs: MINUTE_MS, target: 0.9 };
  const a = [minute(0, 8, 10), minute(1, 10, 10), minute(2, 10, 10)];
  const b = [
    minute(1, 10, 10),
    minute(2, 1, 10),
    minute(3, 10, 10),
    minute(4, 0, 0),
  ];

  it('have a bad slice where any objective has one', () => {
    const joint = jointSliceSums([
      { minutes: a, slice },
      { minutes: b, slice },
    ]);
    // minutes 0 (a) and 2 (b) are bad, 1 and 3 good, 4 has nothing
    expect(joint).toEqual({ good: 2, total: 4, ratioSum: 2 });

    const composite = compositeBudget({
      method: 'Timeslices',
      joint,
      objectives: [a, b].map((minutes, index) => ({
        key: String(index),
        target: 0.5,
        weight: 1,
        sliceMs: MINUTE_MS,
        sums: { good: 0, total: 0, slices: sliceSums(minutes, slice) },
      })),
    });
    expect(composite.attainment).toEqual(near(0.5));
    expect(composite.budget?.remaining).toEqual(near(0));
    expect(composite.budget?.spent).toEqual(near(2 * MINUTE_MS));
  });

  it('need the slices of all, of one length', () => {
    expect(() =>
      compositeBudget({
        method: 'Timeslices',
        objectives: [slices('a', 0.9, 1, 9, 10)],
      }),
    ).toThrow(/slices of all objectives together/);
    expect(() =>
      jointSliceSums([
        { minutes: a, slice },
        { minutes: b, slice: { durationMs: 5 * MINUTE_MS } },
      ]),
    ).toThrow(/same timeSliceWindow/);
  });

  it('need slices of whole minutes', () => {
    expect(() => sliceSums(a, { durationMs: 90_000 })).toThrow(
      /whole number of minutes/,
    );
  });
});

it('one objective of weight 1 is no other than by itself', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Occurrences', 'Timeslices', 'RatioTimeslices'),
      fc.integer({ min: 1, max: 1_000 }),
      fc.integer({ min: 0, max: 1_000 }),
      fc.constantFrom(0.5, 0.9, 0.999),
      fc.option(fc.integer({ min: 0, max: 5_000 }), { nil: undefined }),
      (method, total, part, target, windowSlices) => {
        const good = (total * part) / 1_000;
        const sums = { good, total, slices: { good, total, ratioSum: good } };
        const single = attain({
          method,
          target,
          sums,
          sliceMs: MINUTE_MS,
          windowSlices,
        });
        const composite = compositeBudget({
          method,
          objectives: [
            {
              key: 'a',
              target,
              weight: 1,
              sums,
              sliceMs: MINUTE_MS,
              windowSlices,
            },
          ],
          joint: sums.slices,
        });
        expect(composite.attainment).toEqual(near(single.attainment ?? NaN));
        expect(composite.burnRate).toEqual(near(single.burnRate ?? NaN));
        expect(composite.budget?.remaining).toEqual(
          near(single.budget?.remaining ?? NaN),
        );
        expect(composite.budget?.allowed).toEqual(
          near(single.budget?.allowed ?? NaN),
        );
      },
    ),
  );
});
