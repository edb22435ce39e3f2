import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '@backstage/types';

/**
 * The value as it comes back from the database.
 *
 * @throws Error when it is not the same then, as with dates, NaN, class instances
 */
export function plainJson<T extends object>(
  what: string,
  value: T,
): JsonObject {
  const text = JSON.stringify(value);
  const back: JsonObject = JSON.parse(text);
  if (!isDeepStrictEqual(back, withoutUndefined(value))) {
    throw new Error(
      `${what} is not plain JSON, and would be another thing when it is read again: ${text}. Use texts, finite numbers, true, false, null, lists and objects.`,
    );
  }
  return back;
}

/** Absent fields and those that are undefined are the same in JSON. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (
    typeof value !== 'object' ||
    value === null ||
    Object.getPrototypeOf(value) !== Object.prototype
  ) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([key, entry]) => [key, withoutUndefined(entry)]),
  );
}
