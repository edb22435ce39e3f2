/** A value that is JSON text already. */
export class RawJson {
  constructor(readonly text: string) {}
}

/** JSON whose integers may be wider than a double. */
export type ExactJson =
  | string
  | number
  | boolean
  | bigint
  | null
  | undefined
  | RawJson
  | readonly ExactJson[]
  | { readonly [key: string]: ExactJson };

function isList(value: ExactJson): value is readonly ExactJson[] {
  return Array.isArray(value);
}

/** JSON.stringify that writes bigints as numbers, digit for digit. */
export function stringifyExact(value: ExactJson): string {
  if (value === null || value === undefined) {
    return 'null';
  }
  if (typeof value === 'bigint') {
    return value.toString();
  }
  if (value instanceof RawJson) {
    return value.text;
  }
  if (typeof value !== 'object') {
    return JSON.stringify(value);
  }
  if (isList(value)) {
    return `[${value.map(stringifyExact).join(',')}]`;
  }
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => `${JSON.stringify(key)}:${stringifyExact(member)}`);
  return `{${members.join(',')}}`;
}
