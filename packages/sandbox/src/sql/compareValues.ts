import { type DecimalValue, type SqlValue } from './SqlValue';

function order<T extends bigint | number | string | boolean>(a: T, b: T) {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function compareDecimals(a: DecimalValue, b: DecimalValue): number {
  const scale = Math.max(a.scale, b.scale);
  return order(
    a.unscaled * 10n ** BigInt(scale - a.scale),
    b.unscaled * 10n ** BigInt(scale - b.scale),
  );
}

function compareLists(a: SqlValue[], b: SqlValue[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const result = compareValues(a[i], b[i]);
    if (result !== 0) {
      return result;
    }
  }
  return a.length - b.length;
}

/**
 * Orders two values of one type; NULLs are equal to each other and last.
 * The planner casts both sides to a common type before it gets here.
 */
export function compareValues(a: SqlValue, b: SqlValue): number {
  if (a === undefined || b === undefined) {
    return order(a === undefined, b === undefined);
  }
  if (typeof a !== 'object' || typeof b !== 'object') {
    if (typeof a === 'string' && typeof b === 'string') {
      return order(a, b);
    }
    if (typeof a === 'boolean' && typeof b === 'boolean') {
      return order(a, b);
    }
    if (typeof a === 'bigint' && typeof b === 'bigint') {
      return order(a, b);
    }
    return order(Number(a), Number(b));
  }
  if (a.kind === 'date' && b.kind === 'date') {
    return order(a.days, b.days);
  }
  if (a.kind === 'timestamp' && b.kind === 'timestamp') {
    return order(a.micros, b.micros);
  }
  if (a.kind === 'time' && b.kind === 'time') {
    return order(a.micros, b.micros);
  }
  if (a.kind === 'interval' && b.kind === 'interval') {
    return order(a.months, b.months) || order(a.micros, b.micros);
  }
  if (a.kind === 'decimal' && b.kind === 'decimal') {
    return compareDecimals(a, b);
  }
  if (a.kind === 'array' && b.kind === 'array') {
    return compareLists(a.items, b.items);
  }
  if (a.kind === 'row' && b.kind === 'row') {
    return compareLists(a.fields, b.fields);
  }
  return order(valueKey(a), valueKey(b));
}

/** A string that is equal for equal values: the key of groups and sets. */
export function valueKey(value: SqlValue): string {
  if (value === undefined) {
    return 'n';
  }
  if (typeof value !== 'object') {
    return `${typeof value}:${value}`;
  }
  switch (value.kind) {
    case 'date':
      return `date:${value.days}`;
    case 'timestamp':
      return `timestamp:${value.micros}`;
    case 'time':
      return `time:${value.micros}`;
    case 'interval':
      return `interval:${value.months}:${value.micros}`;
    case 'decimal':
      return `decimal:${value.unscaled}:${value.scale}`;
    case 'array':
      return listKey(value.items);
    case 'row':
      return listKey(value.fields);
    default:
      return listKey(
        value.entries.map(([k, v]) => `${valueKey(k)}=${valueKey(v)}`).sort(),
      );
  }
}

/** The key of several values together, such as the columns of a group. */
export function listKey(values: SqlValue[]): string {
  return JSON.stringify(values.map(valueKey));
}
