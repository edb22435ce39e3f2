import { InputError } from '@backstage/errors';
import type { SloSpenders, SpenderDimension } from '../views';
import { HOUR_MS } from './MsSpan';
import { isCount } from './SloSums';

/** Value of the events that were beyond the number of values kept. @public */
export const OTHER_SPENDERS = '(other)';

/** Bad events of an hour by what they had in common. @public */
export interface SpenderHour {
  readonly hourMs: number;
  readonly dimension: SpenderDimension;
  /** Empty for events without one. */
  readonly value: string;
  readonly bad: number;
}

interface Spender {
  bad: number;
  firstMs: number;
  lastMs: number;
}

const SHOWN = 10;

/**
 * Who spent the budget: per dimension the share of each value,
 * shareᵢ = badᵢ / max(bad, Σ bad), largest first, and the rest in one item
 * without a value: values beyond the limit, `(other)`, and bad events that were
 * counted but can't be told apart any more. Shares, added up in order, are
 * exactly 1, so that share · spent sums to what was spent.
 *
 * @param options - `bad`: bad events of the range as the rollups have them;
 * what the spenders have unless told. `shown`: values by name, 10 unless told
 * @throws InputError when `bad` is no count.
 * @public
 */
export function attributeBudget(options: {
  readonly spenders: readonly SpenderHour[];
  readonly bad?: number;
  readonly shown?: number;
}): SloSpenders['dimensions'] {
  const { spenders, bad = 0, shown = SHOWN } = options;
  if (!isCount(bad)) {
    throw new InputError(`${bad} bad events can't be shared out; give a count`);
  }
  const byDimension = new Map<SpenderDimension, Map<string, Spender>>();
  for (const { dimension, value, hourMs, bad: spent } of spenders) {
    if (!isCount(spent) || spent === 0) {
      continue;
    }
    const values = byDimension.get(dimension) ?? new Map<string, Spender>();
    byDimension.set(dimension, values);
    const known = values.get(value);
    values.set(value, {
      bad: (known?.bad ?? 0) + spent,
      firstMs: Math.min(known?.firstMs ?? hourMs, hourMs),
      lastMs: Math.max(known?.lastMs ?? hourMs, hourMs),
    });
  }
  return [...byDimension].map(([dimension, values]) => ({
    dimension,
    items: itemsOf(values, bad, shown),
  }));
}

function itemsOf(
  values: ReadonlyMap<string, Spender>,
  bad: number,
  shown: number,
): SloSpenders['dimensions'][number]['items'] {
  const named = [...values]
    .filter(([value]) => value !== OTHER_SPENDERS)
    .sort(([a, one], [b, two]) => two.bad - one.bad || (a < b ? -1 : 1));
  const hidden = [
    ...named.slice(shown).map(([, spender]) => spender),
    ...[values.get(OTHER_SPENDERS) ?? []].flat(),
  ];
  const told = [...values.values()].reduce((sum, each) => sum + each.bad, 0);
  const total = Math.max(bad, told);
  const untold = total - told;
  const restBad = hidden.reduce((sum, each) => sum + each.bad, untold);

  const items = [
    ...named.slice(0, shown).map(([value, spender]) => ({
      value,
      bad: spender.bad,
      share: spender.bad / total,
      ...hoursOf([spender]),
    })),
    // What rounding leaves of sums of fractions is nobody's.
    ...(restBad > total * 1e-12
      ? [{ bad: restBad, share: restBad / total, ...hoursOf(hidden) }]
      : []),
  ];
  const before = items.slice(0, -1).reduce((sum, { share }) => sum + share, 0);
  return items.map((item, index) =>
    index === items.length - 1
      ? { ...item, share: Math.max(0, 1 - before) }
      : item,
  );
}

function hoursOf(spenders: readonly Spender[]): {
  firstAt?: string;
  lastAt?: string;
} {
  if (spenders.length === 0) {
    return {};
  }
  const first = Math.min(...spenders.map(({ firstMs }) => firstMs));
  const last = Math.max(...spenders.map(({ lastMs }) => lastMs));
  return {
    firstAt: new Date(Math.floor(first / HOUR_MS) * HOUR_MS).toISOString(),
    lastAt: new Date(Math.floor(last / HOUR_MS) * HOUR_MS).toISOString(),
  };
}
