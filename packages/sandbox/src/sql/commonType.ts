import { formatType } from './formatType';
import { isInteger, isText, type SqlType } from './SqlType';

const NUMERIC_ORDER = [
  'tinyint',
  'smallint',
  'integer',
  'bigint',
  'decimal',
  'real',
  'double',
];
const INTEGER_DIGITS: Record<string, number> = {
  tinyint: 3,
  smallint: 5,
  integer: 10,
  bigint: 19,
};
const MAX_PRECISION = 38;

/** The decimal that holds every value of an integer or decimal type. */
export function asDecimal(
  type: SqlType,
): { precision: number; scale: number } | undefined {
  if (type.kind === 'decimal') {
    return type;
  }
  return isInteger(type)
    ? { precision: INTEGER_DIGITS[type.kind], scale: 0 }
    : undefined;
}

function commonNumeric(a: SqlType, b: SqlType): SqlType | undefined {
  const [left, right] = [a, b].map(t => NUMERIC_ORDER.indexOf(t.kind));
  if (left < 0 || right < 0) {
    return undefined;
  }
  const wider = left > right ? a : b;
  const [x, y] = [asDecimal(a), asDecimal(b)];
  if (wider.kind !== 'decimal' || !x || !y) {
    return wider;
  }
  const scale = Math.max(x.scale, y.scale);
  const whole = Math.max(x.precision - x.scale, y.precision - y.scale);
  const precision = Math.min(whole + scale, MAX_PRECISION);
  return { kind: 'decimal', precision, scale };
}

function commonContainer(a: SqlType, b: SqlType): SqlType | undefined {
  if (a.kind === 'array' && b.kind === 'array') {
    const element = commonType(a.element, b.element);
    return element && { kind: 'array', element };
  }
  if (a.kind === 'map' && b.kind === 'map') {
    const key = commonType(a.key, b.key);
    const value = commonType(a.value, b.value);
    return key && value && { kind: 'map', key, value };
  }
  if (
    a.kind === 'row' &&
    b.kind === 'row' &&
    a.fields.length === b.fields.length
  ) {
    const types = a.fields.map((f, i) => commonType(f.type, b.fields[i].type));
    const fields = types.flatMap((type, i) =>
      type ? [{ name: a.fields[i].name, type }] : [],
    );
    return fields.length === types.length ? { kind: 'row', fields } : undefined;
  }
  return undefined;
}

/** The type both sides can be read as, or undefined when there is none. */
export function commonType(a: SqlType, b: SqlType): SqlType | undefined {
  if (a.kind === 'unknown' || formatType(a) === formatType(b)) {
    return b;
  }
  if (b.kind === 'unknown') {
    return a;
  }
  if (isText(a) && isText(b)) {
    const lengths = [a, b].map(t => ('length' in t ? t.length : undefined));
    const bounded = lengths.every(length => length !== undefined);
    return {
      kind: 'varchar',
      length: bounded
        ? Math.max(...lengths.map(length => length ?? 0))
        : undefined,
    };
  }
  if (a.kind === 'timestamp' && b.kind === 'timestamp') {
    const precision = Math.max(a.precision, b.precision);
    return { kind: 'timestamp', precision, zoned: a.zoned || b.zoned };
  }
  if (a.kind === 'date' && b.kind === 'timestamp') {
    return b;
  }
  if (a.kind === 'timestamp' && b.kind === 'date') {
    return a;
  }
  return commonNumeric(a, b) ?? commonContainer(a, b);
}
