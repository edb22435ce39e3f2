import { decimalToNumber, parseDecimal, rescale } from './decimal';
import { formatType } from './formatType';
import { formatValue } from './formatValue';
import { isInteger, type SqlType } from './SqlType';
import { type SqlValue } from './SqlValue';
import {
  dateOfTimestamp,
  MICROS_PER_DAY,
  parseDate,
  parseTime,
  parseTimestamp,
} from './temporal';
import { TrinoError } from './TrinoError';

const INTEGER_BITS: Record<string, bigint> = {
  tinyint: 8n,
  smallint: 16n,
  integer: 32n,
  bigint: 64n,
};

function invalid(value: SqlValue, from: SqlType, to: SqlType): TrinoError {
  const text = formatValue(value, from) ?? formatType(from);
  const target = formatType(to);
  const quoted =
    isInteger(to) || to.kind === 'decimal' || to.kind === 'double'
      ? target.toUpperCase()
      : target;
  return new TrinoError({
    name: 'INVALID_CAST_ARGUMENT',
    message: `Cannot cast '${text}' to ${quoted}`,
  });
}

function toInteger(value: SqlValue, from: SqlType, to: SqlType): bigint {
  const whole = integerOf(value);
  if (whole === undefined) {
    throw invalid(value, from, to);
  }
  const limit = 2n ** ((INTEGER_BITS[to.kind] ?? 64n) - 1n);
  if (whole < -limit || whole >= limit) {
    throw new TrinoError({
      name: 'INVALID_CAST_ARGUMENT',
      message: `Out of range for ${formatType(to)}: ${whole}`,
    });
  }
  return whole;
}

function integerOf(value: SqlValue): bigint | undefined {
  if (typeof value === 'bigint') {
    return value;
  }
  if (typeof value === 'boolean') {
    return value ? 1n : 0n;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? BigInt(Math.round(value)) : undefined;
  }
  if (typeof value === 'string') {
    return /^\s*[-+]?\d+\s*$/.test(value)
      ? BigInt(value.trim().replace(/^\+/, ''))
      : undefined;
  }
  return value?.kind === 'decimal' ? rescale(value, 0).unscaled : undefined;
}

function toDouble(value: SqlValue): number | undefined {
  if (typeof value === 'string') {
    const number = Number(value);
    return value.trim() === '' || (Number.isNaN(number) && value !== 'NaN')
      ? undefined
      : number;
  }
  if (typeof value === 'object') {
    return value.kind === 'decimal' ? decimalToNumber(value) : undefined;
  }
  return value === undefined ? undefined : Number(value);
}

function toDecimal(value: SqlValue, scale: number): SqlValue {
  if (typeof value === 'bigint') {
    return rescale({ kind: 'decimal', unscaled: value, scale: 0 }, scale);
  }
  if (typeof value === 'object') {
    return value.kind === 'decimal' ? rescale(value, scale) : undefined;
  }
  const text =
    typeof value === 'number' ? value.toFixed(scale) : String(value ?? '');
  const parsed = parseDecimal(text);
  return parsed && rescale(parsed, scale);
}

function toDate(value: SqlValue): SqlValue {
  if (typeof value === 'string') {
    return parseDate(value);
  }
  if (typeof value !== 'object') {
    return undefined;
  }
  if (value.kind === 'timestamp') {
    return dateOfTimestamp(value);
  }
  return value.kind === 'date' ? value : undefined;
}

function toTimestamp(value: SqlValue): SqlValue {
  if (typeof value === 'string') {
    return parseTimestamp(value)?.value;
  }
  if (typeof value !== 'object') {
    return undefined;
  }
  if (value.kind === 'date') {
    return { kind: 'timestamp', micros: BigInt(value.days) * MICROS_PER_DAY };
  }
  return value.kind === 'timestamp' ? value : undefined;
}

const BOOLEAN_WORDS = new Map([
  ['true', true],
  ['t', true],
  ['1', true],
  ['false', false],
  ['f', false],
  ['0', false],
]);

function toBoolean(value: SqlValue): SqlValue {
  if (typeof value === 'string') {
    return BOOLEAN_WORDS.get(value.toLowerCase());
  }
  return typeof value === 'object' ? undefined : Boolean(value);
}

function toContainer(value: SqlValue, from: SqlType, to: SqlType): SqlValue {
  if (typeof value !== 'object') {
    return undefined;
  }
  if (value.kind === 'array' && to.kind === 'array' && from.kind === 'array') {
    const items = value.items.map(i => castValue(i, from.element, to.element));
    return { kind: 'array', items };
  }
  if (value.kind === 'map' && to.kind === 'map' && from.kind === 'map') {
    return {
      kind: 'map',
      entries: value.entries.map(([k, v]) => [
        castValue(k, from.key, to.key),
        castValue(v, from.value, to.value),
      ]),
    };
  }
  if (value.kind === 'row' && to.kind === 'row' && from.kind === 'row') {
    const fields = value.fields.map((field, i) =>
      castValue(field, from.fields[i].type, to.fields[i].type),
    );
    return { kind: 'row', fields };
  }
  return undefined;
}

/** CAST: throws INVALID_CAST_ARGUMENT where the value has no such form. */
export function castValue(
  value: SqlValue,
  from: SqlType,
  to: SqlType,
): SqlValue {
  if (value === undefined || formatType(from) === formatType(to)) {
    return value;
  }
  if (isInteger(to)) {
    return toInteger(value, from, to);
  }
  const result = castOther(value, from, to);
  if (result === undefined) {
    throw invalid(value, from, to);
  }
  return result;
}

function castOther(value: SqlValue, from: SqlType, to: SqlType): SqlValue {
  switch (to.kind) {
    case 'boolean':
      return toBoolean(value);
    case 'real':
    case 'double':
      return toDouble(value);
    case 'decimal':
      return toDecimal(value, to.scale);
    case 'varchar':
      return formatValue(value, from)?.slice(0, to.length);
    case 'char':
      return formatValue(value, from)?.slice(0, to.length).padEnd(to.length);
    case 'date':
      return toDate(value);
    case 'timestamp':
      return toTimestamp(value);
    case 'time':
      return typeof value === 'string' ? parseTime(value)?.value : value;
    case 'json':
    case 'uuid':
    case 'varbinary':
      return typeof value === 'string' ? value : formatValue(value, from);
    case 'array':
    case 'map':
    case 'row':
      return toContainer(value, from, to);
    default:
      return value;
  }
}
