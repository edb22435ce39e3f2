/**
 * A value of the engine. SQL's NULL is `undefined`; integers of every width
 * are bigints so that no 64-bit id is ever rounded.
 */
export type SqlValue =
  | undefined
  | boolean
  | bigint
  | number
  | string
  | DateValue
  | TimestampValue
  | TimeValue
  | IntervalValue
  | DecimalValue
  | ArrayValue
  | MapValue
  | RowValue;

/** Days since 1970-01-01. */
export interface DateValue {
  kind: 'date';
  days: number;
}

/** Microseconds since 1970-01-01T00:00:00Z. */
export interface TimestampValue {
  kind: 'timestamp';
  micros: bigint;
}

/** Microseconds since midnight. */
export interface TimeValue {
  kind: 'time';
  micros: bigint;
}

export interface IntervalValue {
  kind: 'interval';
  months: number;
  micros: bigint;
}

export interface DecimalValue {
  kind: 'decimal';
  unscaled: bigint;
  scale: number;
}

export interface ArrayValue {
  kind: 'array';
  items: SqlValue[];
}

export interface MapValue {
  kind: 'map';
  entries: [SqlValue, SqlValue][];
}

export interface RowValue {
  kind: 'row';
  fields: SqlValue[];
}

export type SqlRow = SqlValue[];

const MICROS_PER_MILLISECOND = 1000n;

export function timestampOfMillis(millis: number): TimestampValue {
  return {
    kind: 'timestamp',
    micros: BigInt(Math.round(millis)) * MICROS_PER_MILLISECOND,
  };
}

export function mapOfStrings(entries: Iterable<[string, string]>): MapValue {
  return { kind: 'map', entries: [...entries] };
}

export function rowValue(...fields: SqlValue[]): RowValue {
  return { kind: 'row', fields };
}

export function arrayValue(items: SqlValue[]): ArrayValue {
  return { kind: 'array', items };
}
