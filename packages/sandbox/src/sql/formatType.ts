import { type RowField, type SqlType } from './SqlType';

function formatField(field: RowField): string {
  if (field.name === undefined) {
    return formatType(field.type);
  }
  const plain = /^[a-z_][a-z0-9_]*$/.test(field.name);
  const name = plain ? field.name : `"${field.name.replaceAll('"', '""')}"`;
  return `${name} ${formatType(field.type)}`;
}

/** Writes a type the way Trino does in `columns[].type` and SHOW COLUMNS. */
export function formatType(type: SqlType): string {
  switch (type.kind) {
    case 'varchar':
      return type.length === undefined ? 'varchar' : `varchar(${type.length})`;
    case 'char':
      return `char(${type.length})`;
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'timestamp':
      return `timestamp(${type.precision})${
        type.zoned ? ' with time zone' : ''
      }`;
    case 'time':
      return `time(${type.precision})`;
    case 'array':
      return `array(${formatType(type.element)})`;
    case 'map':
      return `map(${formatType(type.key)}, ${formatType(type.value)})`;
    case 'row':
      return `row(${type.fields.map(formatField).join(', ')})`;
    default:
      return type.kind;
  }
}
