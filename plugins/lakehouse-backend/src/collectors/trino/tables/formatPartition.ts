import type {
  TrinoColumn,
  TrinoValue,
} from '@lakehouse-ops/plugin-lakehouse-node';

/**
 * Writes a partition as paths do: `day=2026-11-20/country=AT`. Values come as a row; its
 * field names are in the column's type (`row("day" date, "country" varchar)`).
 */
export function formatPartition(
  value: TrinoValue | undefined,
  column: TrinoColumn | undefined,
): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'object') return String(value);
  const names = fieldNames(column?.type ?? '');
  const parts: Array<[string | undefined, TrinoValue | undefined]> =
    Array.isArray(value)
      ? value.map((part, index) => [names[index], part])
      : Object.entries(value);
  return parts
    .map(([name, part]) =>
      name === undefined ? write(part) : `${name}=${write(part)}`,
    )
    .join('/');
}

function write(value: TrinoValue | undefined): string {
  if (value === undefined || value === null) return 'null';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The names of a row type's own fields; none where the type can't be read. */
function fieldNames(type: string): string[] {
  const inside = /^row\((.*)\)$/is.exec(type)?.[1];
  if (inside === undefined) return [];
  return splitFields(inside).map(field => {
    const quoted = /^"((?:[^"]|"")*)"/.exec(field)?.[1];
    return quoted === undefined
      ? field.split(/\s/)[0]
      : quoted.replace(/""/g, '"');
  });
}

/** Splits at the commas that stand in no bracket and no quotes. */
function splitFields(text: string): string[] {
  const fields: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '(') depth++;
    else if (char === ')') depth--;
    else if (char === ',' && depth === 0) {
      fields.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  fields.push(text.slice(from).trim());
  return fields;
}
