import type { SliThreshold, SliUnit } from '../definition';

/** What figures are kept in. @public */
export type BaseUnit = 'ms' | 'ratio' | 'count' | 'bytes';

const FACTORS: Readonly<
  Record<SliUnit, { readonly base: BaseUnit; readonly times: number }>
> = {
  ms: { base: 'ms', times: 1 },
  s: { base: 'ms', times: 1_000 },
  m: { base: 'ms', times: 60_000 },
  h: { base: 'ms', times: 3_600_000 },
  d: { base: 'ms', times: 86_400_000 },
  percent: { base: 'ratio', times: 0.01 },
  ratio: { base: 'ratio', times: 1 },
  count: { base: 'count', times: 1 },
  bytes: { base: 'bytes', times: 1 },
};

/** The unit that figures of a unit are kept in. @public */
export function baseUnitOf(unit: SliUnit): BaseUnit {
  return FACTORS[unit].base;
}

/**
 * A threshold's value in the unit that figures are kept in: milliseconds, share,
 * count or bytes. 5 s are 5000, 99.9 percent are 0.999.
 *
 * @public
 */
export function toBaseUnit(
  threshold: Pick<SliThreshold, 'value' | 'unit'>,
): number {
  const { times } = FACTORS[threshold.unit];
  // 99.9 · 0.01 is not 0.999 in binary: fifteen digits are what a decimal keeps.
  return Number((threshold.value * times).toPrecision(15));
}

/**
 * Whether a value, in the unit that figures are kept in, meets a threshold.
 * Undefined for NaN and the infinite, which say nothing of either.
 *
 * @public
 */
export function isGood(
  value: number,
  threshold: SliThreshold,
): boolean | undefined {
  const limit = toBaseUnit(threshold);
  if (!Number.isFinite(value) || !Number.isFinite(limit)) {
    return undefined;
  }
  switch (threshold.op) {
    case 'lte':
      return value <= limit;
    case 'gte':
      return value >= limit;
    case 'lt':
      return value < limit;
    case 'gt':
      return value > limit;
    default:
      return undefined;
  }
}
