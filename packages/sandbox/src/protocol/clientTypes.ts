import { formatDecimal } from '../sql/decimal';
import { formatValue } from '../sql/formatValue';
import { type SqlType, UNBOUNDED_VARCHAR_LENGTH } from '../sql/SqlType';
import { type SqlValue } from '../sql/SqlValue';
import { formatTime, formatTimestamp } from '../sql/temporal';
import { type ExactJson } from './exactJson';

/** The capability without which Trino hides a timestamp's precision. */
export const PARAMETRIC_DATETIME = 'PARAMETRIC_DATETIME';

const LEGACY_PRECISION = 3;

function long(value: number): ExactJson {
  return { kind: 'LONG', value };
}

function nested(type: SqlType, parametric: boolean): ExactJson {
  return { kind: 'TYPE', value: typeSignature(type, parametric) };
}

/** `columns[].typeSignature` as Trino 476 sends it. */
export function typeSignature(type: SqlType, parametric: boolean): ExactJson {
  switch (type.kind) {
    case 'varchar':
      return {
        rawType: 'varchar',
        arguments: [long(type.length ?? UNBOUNDED_VARCHAR_LENGTH)],
      };
    case 'char':
      return { rawType: 'char', arguments: [long(type.length)] };
    case 'decimal':
      return {
        rawType: 'decimal',
        arguments: [long(type.precision), long(type.scale)],
      };
    case 'timestamp':
      return {
        rawType: type.zoned ? 'timestamp with time zone' : 'timestamp',
        arguments: parametric ? [long(type.precision)] : [],
      };
    case 'time':
      return {
        rawType: 'time',
        arguments: parametric ? [long(type.precision)] : [],
      };
    case 'array':
      return {
        rawType: 'array',
        arguments: [nested(type.element, parametric)],
      };
    case 'map':
      return {
        rawType: 'map',
        arguments: [
          nested(type.key, parametric),
          nested(type.value, parametric),
        ],
      };
    case 'row':
      return {
        rawType: 'row',
        arguments: type.fields.map(field => ({
          kind: 'NAMED_TYPE',
          value: {
            fieldName:
              field.name === undefined ? undefined : { name: field.name },
            typeSignature: typeSignature(field.type, parametric),
          },
        })),
      };
    default:
      return { rawType: type.kind, arguments: [] };
  }
}

/** `columns[].type`: unlike SHOW COLUMNS it writes `decimal(3, 2)`. */
export function clientTypeName(type: SqlType, parametric: boolean): string {
  switch (type.kind) {
    case 'varchar':
      return type.length === undefined ? 'varchar' : `varchar(${type.length})`;
    case 'char':
      return `char(${type.length})`;
    case 'decimal':
      return `decimal(${type.precision}, ${type.scale})`;
    case 'timestamp':
      return `timestamp${parametric ? `(${type.precision})` : ''}${
        type.zoned ? ' with time zone' : ''
      }`;
    case 'time':
      return parametric ? `time(${type.precision})` : 'time';
    case 'array':
      return `array(${clientTypeName(type.element, parametric)})`;
    case 'map':
      return `map(${clientTypeName(type.key, parametric)}, ${clientTypeName(
        type.value,
        parametric,
      )})`;
    case 'row':
      return `row(${type.fields
        .map(field =>
          [field.name, clientTypeName(field.type, parametric)]
            .filter(part => part !== undefined)
            .join(' '),
        )
        .join(', ')})`;
    case 'interval day to second':
    case 'interval year to month':
      return type.kind.toUpperCase();
    default:
      return type.kind;
  }
}

/** A value as it stands in `data`. */
export function clientValue(
  value: SqlValue,
  type: SqlType,
  parametric: boolean,
): ExactJson {
  if (value === undefined) {
    return null;
  }
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : formatValue(value, type);
  }
  if (typeof value !== 'object') {
    return value;
  }
  switch (value.kind) {
    case 'array':
      return value.items.map(item =>
        clientValue(
          item,
          type.kind === 'array' ? type.element : type,
          parametric,
        ),
      );
    case 'map':
      return Object.fromEntries(
        value.entries.map(([key, member]) => [
          type.kind === 'map' ? formatValue(key, type.key) ?? '' : String(key),
          clientValue(
            member,
            type.kind === 'map' ? type.value : type,
            parametric,
          ),
        ]),
      );
    case 'row':
      return value.fields.map((field, i) =>
        clientValue(
          field,
          type.kind === 'row' ? type.fields[i].type : type,
          parametric,
        ),
      );
    case 'decimal':
      return formatDecimal(value);
    case 'time':
      return formatTime(
        value,
        parametric && type.kind === 'time' ? type.precision : LEGACY_PRECISION,
      );
    case 'timestamp':
      return type.kind === 'timestamp'
        ? formatTimestamp(value, {
            zoned: type.zoned,
            precision: parametric ? type.precision : LEGACY_PRECISION,
          })
        : undefined;
    default:
      return formatValue(value, type);
  }
}
