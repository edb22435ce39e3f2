/** A Trino type as it is declared, described to clients and cast to. */
export type SqlType =
  | { kind: SimpleTypeName }
  | { kind: 'varchar'; length?: number }
  | { kind: 'char'; length: number }
  | { kind: 'decimal'; precision: number; scale: number }
  | { kind: 'timestamp'; precision: number; zoned: boolean }
  | { kind: 'time'; precision: number }
  | { kind: 'array'; element: SqlType }
  | { kind: 'map'; key: SqlType; value: SqlType }
  | { kind: 'row'; fields: RowField[] };

/** A field of a row type; anonymous rows have no names. */
export interface RowField {
  name?: string;
  type: SqlType;
}

export type SimpleTypeName = (typeof simpleTypeNames)[number];

export const simpleTypeNames = [
  'unknown',
  'boolean',
  'tinyint',
  'smallint',
  'integer',
  'bigint',
  'real',
  'double',
  'date',
  'json',
  'uuid',
  'varbinary',
  'interval day to second',
  'interval year to month',
] as const;

/** The length Trino reports for a varchar that was declared without one. */
export const UNBOUNDED_VARCHAR_LENGTH = 2147483647;

export const BOOLEAN: SqlType = { kind: 'boolean' };
export const INTEGER: SqlType = { kind: 'integer' };
export const BIGINT: SqlType = { kind: 'bigint' };
export const DOUBLE: SqlType = { kind: 'double' };
export const DATE: SqlType = { kind: 'date' };
export const VARCHAR: SqlType = { kind: 'varchar' };
export const UNKNOWN: SqlType = { kind: 'unknown' };

/** `timestamp(precision) with time zone`. */
export function zonedTimestamp(precision: number): SqlType {
  return { kind: 'timestamp', precision, zoned: true };
}

export function arrayOf(element: SqlType): SqlType {
  return { kind: 'array', element };
}

export function mapOf(key: SqlType, value: SqlType): SqlType {
  return { kind: 'map', key, value };
}

export function rowOf(fields: RowField[]): SqlType {
  return { kind: 'row', fields };
}

export function isInteger(type: SqlType): boolean {
  return ['tinyint', 'smallint', 'integer', 'bigint'].includes(type.kind);
}

export function isNumeric(type: SqlType): boolean {
  return isInteger(type) || ['real', 'double', 'decimal'].includes(type.kind);
}

export function isText(type: SqlType): boolean {
  return type.kind === 'varchar' || type.kind === 'char';
}
