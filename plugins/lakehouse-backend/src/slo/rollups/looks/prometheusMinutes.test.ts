import type {
  PrometheusSliSource,
  SliUnit,
  ThresholdOperator,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  MetricPoint,
  MetricSeries,
} from '@lakehouse-ops/plugin-lakehouse-node';
import type { SloSeries } from '../SloRollups';
import { prometheusMinutes } from './prometheusMinutes';

const MINUTE = 60_000;
const MINUTES = [0, 1, 2, 3].map(minute => minute * MINUTE);

function series(
  query: PrometheusSliSource['query'],
  threshold?: SloSeries['threshold'],
): SloSeries {
  return {
    id: 'any',
    source: { type: 'prometheus', connection: 'metrics', query },
    threshold,
  };
}

/** Values at 0 min, 1 min, …; a text is what is no finite number. */
function points(
  ...values: ReadonlyArray<number | 'NaN' | '+Inf' | undefined>
): MetricSeries {
  return {
    labels: {},
    points: values.flatMap((value, minute): MetricPoint[] => {
      if (value === undefined) return [];
      const at = new Date(minute * MINUTE).toISOString();
      return typeof value === 'number'
        ? [{ at, value }]
        : [{ at, special: value }];
    }),
  };
}

const looks = (
  one: SloSeries,
  answers: Parameters<typeof prometheusMinutes>[1],
) =>
  Object.fromEntries(
    [...prometheusMinutes(one, answers, MINUTES)].map(([at, look]) => [
      at / MINUTE,
      [look.good, look.total],
    ]),
  );

describe('prometheusMinutes', () => {
  const counters = {
    kind: 'ratio',
    good: 'g',
    total: 't',
    counter: true,
  } as const;

  it('counts by how much counters grew, series by series', () => {
    expect(
      looks(series(counters), {
        good: [points(10, 15, 20, 20, 21), points(1, 2, 2, 2, 2)],
        total: [points(20, 30, 35, 35, 40), points(1, 2, 2, 2, 2)],
      }),
    ).toEqual({ 0: [6, 11], 1: [5, 5], 2: [0, 0], 3: [1, 5] });
  });

  it('takes a counter that is smaller than before to have begun anew', () => {
    expect(
      looks(series(counters), {
        good: [points(100, 110, 3, 5, 6)],
        total: [points(100, 120, 4, 6, 8)],
      }),
    ).toEqual({ 0: [10, 20], 1: [3, 4], 2: [2, 2], 3: [1, 2] });
  });

  it('never tells more good than total, nor less than nothing', () => {
    expect(
      looks(series({ ...counters, counter: false }), {
        good: [points(0, 7, -3, 1, 1)],
        total: [points(0, 5, 5, -1, 1)],
      }),
    ).toEqual({ 0: [5, 5], 1: [0, 5], 3: [1, 1] });
  });

  it('leaves out what is absent, NaN or infinite', () => {
    const query = {
      kind: 'bad-ratio',
      bad: 'b',
      total: 't',
      counter: false,
    } as const;
    expect(
      looks(series(query), {
        bad: [points(0, 1, 'NaN', 1, undefined)],
        total: [points(0, 4, 4, '+Inf', 4)],
      }),
    ).toEqual({ 0: [3, 4] });
    expect(looks(series(query), { total: [points(1, 1, 1, 1, 1)] })).toEqual(
      {},
    );
  });

  it('takes raw ratios as they are, each series once', () => {
    expect(
      looks(series({ kind: 'raw', raw: 'r', rawType: 'failure' }), {
        raw: [points(0, 0.25, 1.5, 0, 0), points(0, 0.25, 0.5, undefined, 0)],
      }),
    ).toEqual({ 0: [1.5, 2], 1: [0.5, 1], 2: [1, 1], 3: [2, 2] });
  });

  it.each<[SliUnit, number, number[]]>([
    ['s', 0.5, [0.499, 0.5, 0.501]],
    ['ms', 500, [499, 500, 501]],
    ['h', 2, [1.9, 2, 2.1]],
    ['percent', 1, [0.99, 1, 1.01]],
    ['ratio', 0.01, [0.0099, 0.01, 0.0101]],
    ['count', 3, [2, 3, 4]],
    ['bytes', 1_024, [1_023, 1_024, 1_025]],
  ])('takes values to be in %s when the threshold is', (unit, value, told) => {
    const goodBy = (op: ThresholdOperator) =>
      Object.values(
        looks(series({ kind: 'threshold', value: 'v' }, { op, value, unit }), {
          value: [points(0, ...told)],
        }),
      );
    expect(goodBy('lte')).toEqual([
      [1, 1],
      [1, 1],
      [0, 1],
    ]);
    expect(goodBy('lt')).toEqual([
      [1, 1],
      [0, 1],
      [0, 1],
    ]);
    expect(goodBy('gte')).toEqual([
      [0, 1],
      [1, 1],
      [1, 1],
    ]);
    expect(goodBy('gt')).toEqual([
      [0, 1],
      [0, 1],
      [1, 1],
    ]);
  });

  it('compares all series with the threshold, and no NaN', () => {
    expect(
      looks(
        series(
          { kind: 'threshold', value: 'v' },
          { op: 'lt', value: 2, unit: 's' },
        ),
        { value: [points(0, 1.999, 2, 'NaN', 1), points(0, 1, 1, 1, 1)] },
      ),
    ).toEqual({ 0: [2, 2], 1: [1, 2], 2: [1, 1], 3: [2, 2] });
  });

  it('tells nothing of values without a threshold', () => {
    expect(
      looks(series({ kind: 'threshold', value: 'v' }), {
        value: [points(0, 1, 1, 1, 1)],
      }),
    ).toEqual({});
  });
});
