import { compareValues, listKey, valueKey } from './compareValues';
import { rescale } from './decimal';
import { type SqlValue } from './SqlValue';

/** Collects one group's values and says its result. */
export interface Accumulator {
  add(values: SqlValue[]): void;
  result(): SqlValue;
}

/** Folds the values that are not NULL; no value at all gives NULL. */
export function fold(
  step: (state: SqlValue, value: SqlValue) => SqlValue,
): () => Accumulator {
  return () => {
    let state: SqlValue;
    return {
      add([value]) {
        if (value !== undefined) {
          state = state === undefined ? value : step(state, value);
        }
      },
      result: () => state,
    };
  };
}

export function countWhere(
  test: (values: SqlValue[]) => boolean,
): () => Accumulator {
  return () => {
    let count = 0n;
    return {
      add(values) {
        count += test(values) ? 1n : 0n;
      },
      result: () => count,
    };
  };
}

export function addValues(a: SqlValue, b: SqlValue): SqlValue {
  if (typeof a === 'bigint' && typeof b === 'bigint') {
    return a + b;
  }
  if (typeof a === 'number' && typeof b === 'number') {
    return a + b;
  }
  if (
    typeof a === 'object' &&
    a.kind === 'decimal' &&
    typeof b === 'object' &&
    b.kind === 'decimal'
  ) {
    return { ...a, unscaled: a.unscaled + rescale(b, a.scale).unscaled };
  }
  return undefined;
}

/** Gathers every value, NULLs too, and reduces them at the end. */
export function gather(
  reduce: (rows: SqlValue[][]) => SqlValue,
): () => Accumulator {
  return () => {
    const rows: SqlValue[][] = [];
    return {
      add(values) {
        rows.push(values);
      },
      result: () => reduce(rows),
    };
  };
}

/** Lets each distinct list of arguments through once. */
export function distinct(inner: Accumulator): Accumulator {
  const seen = new Set<string>();
  return {
    add(values) {
      const key = listKey(values);
      if (!seen.has(key)) {
        seen.add(key);
        inner.add(values);
      }
    },
    result: () => inner.result(),
  };
}

export function countDistinct(): Accumulator {
  const seen = new Set<string>();
  return {
    add([value]) {
      if (value !== undefined) {
        seen.add(valueKey(value));
      }
    },
    result: () => BigInt(seen.size),
  };
}

/** The value whose partner (the second argument) is the greatest or least. */
export function bestBy(sign: 1 | -1): () => Accumulator {
  return gather(rows => {
    const ranked = rows.filter(([, by]) => by !== undefined);
    ranked.sort((a, b) => sign * compareValues(b[1], a[1]));
    return ranked[0]?.[0];
  });
}

/** The values at these shares (0 to 1) of the sorted list. */
export function percentiles(values: SqlValue[], shares: number[]): SqlValue[] {
  const sorted = values
    .filter(value => value !== undefined)
    .sort(compareValues);
  return shares.map(share => {
    const rank = Math.ceil(share * sorted.length) - 1;
    return sorted[Math.min(Math.max(rank, 0), sorted.length - 1)];
  });
}
