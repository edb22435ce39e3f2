import type { JsonObject, JsonValue } from '@backstage/types';
import canonicalize from 'canonicalize';

/**
 * What of the world is not as it was when the preview was made, one clause
 * for each difference; empty when nothing is.
 */
export function describeDrift(before: JsonObject, now: JsonObject): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return keys
    .sort()
    .filter(key => text(before[key]) !== text(now[key]))
    .map(key => `${key} was ${text(before[key])} and is ${text(now[key])}`);
}

function text(value: JsonValue | undefined): string {
  return (value === undefined ? undefined : canonicalize(value)) ?? 'absent';
}
