import type { SliUnit, ThresholdOperator } from '../definition';
import { baseUnitOf, isGood, toBaseUnit } from './thresholds';

describe('thresholds', () => {
  it.each<[number, SliUnit, number, string]>([
    [500, 'ms', 500, 'ms'],
    [5, 's', 5_000, 'ms'],
    [1.5, 'm', 90_000, 'ms'],
    [6, 'h', 21_600_000, 'ms'],
    [2, 'd', 172_800_000, 'ms'],
    [99.9, 'percent', 0.999, 'ratio'],
    [0.07, 'percent', 0.0007, 'ratio'],
    [0.25, 'ratio', 0.25, 'ratio'],
    [12, 'count', 12, 'count'],
    [1_073_741_824, 'bytes', 1_073_741_824, 'bytes'],
  ])('%s %s is %s %s', (value, unit, base, baseUnit) => {
    expect(toBaseUnit({ value, unit })).toBe(base);
    expect(baseUnitOf(unit)).toBe(baseUnit);
  });

  it.each<[ThresholdOperator, boolean, boolean, boolean]>([
    ['lte', true, true, false],
    ['lt', true, false, false],
    ['gte', false, true, true],
    ['gt', false, false, true],
  ])('%s: below, at, above', (op, below, at, above) => {
    const threshold = { op, value: 5, unit: 's' } as const;
    expect([4_999, 5_000, 5_001].map(ms => isGood(ms, threshold))).toEqual([
      below,
      at,
      above,
    ]);
  });

  it.each([NaN, Infinity, -Infinity])('%s is neither good nor bad', value => {
    expect(isGood(value, { op: 'lte', value: 5, unit: 's' })).toBeUndefined();
    expect(isGood(1, { op: 'lte', value, unit: 's' })).toBeUndefined();
  });
});
