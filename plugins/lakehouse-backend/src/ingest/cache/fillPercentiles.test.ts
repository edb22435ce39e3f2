import { CACHE_FILL_BOUNDS_MS } from '@lakehouse-ops/plugin-lakehouse-common';
import { fillPercentiles } from './fillPercentiles';

const counts = (fills: Record<number, number>) => [
  ...CACHE_FILL_BOUNDS_MS.map(bound => fills[bound] ?? 0),
  fills[Infinity] ?? 0,
];

describe('fillPercentiles', () => {
  it('knows nothing without fills', () => {
    expect(fillPercentiles(counts({}))).toBeUndefined();
  });

  it.each([
    [{ 1: 2 }, 0.5, 0.99],
    [{ 10: 50, 1_000: 50 }, 10, 990],
    [{ [Infinity]: 3 }, 30_000, 30_000],
    [{ 25: 99, [Infinity]: 1 }, 17.58, 25],
  ])('%j has p50 %d and p99 %d', (fills, p50, p99) => {
    const found = fillPercentiles(counts(fills));
    expect(found?.p50).toBeCloseTo(p50, 1);
    expect(found?.p99).toBeCloseTo(p99, 1);
  });
});
