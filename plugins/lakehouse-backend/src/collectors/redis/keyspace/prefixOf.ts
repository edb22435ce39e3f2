/** Where keys go whose prefix is not told apart. */
export const OTHER_PREFIX = 'other';

const MAX_PREFIX_LENGTH = 200;

/** Finds what a key is counted under. */
export type PrefixesOf = (key: string) => readonly string[];

/**
 * A key's prefixes, the longest last: one that is known, else its first part, and its
 * first two when the second has no digit and so does not look like an id. That is how
 * applications tell them by themselves (`@lakehouse-ops/redis-cache-telemetry`), so
 * that both are of the same keys.
 */
export function createPrefixesOf(options: {
  /** From config and from what applications tell. */
  known: Iterable<string>;
  separators: readonly string[];
}): PrefixesOf {
  const known = [...new Set(options.known)]
    .filter(prefix => prefix !== OTHER_PREFIX)
    .sort((a, b) => b.length - a.length);
  return key => {
    const told = known.find(prefix => key.startsWith(prefix));
    if (told !== undefined) return [told];
    const first = endOfPart(key, 0, options.separators);
    if (first === undefined || first > MAX_PREFIX_LENGTH) return [];
    const prefix = key.slice(0, first);
    const second = endOfPart(key, first, options.separators);
    const deeper =
      second !== undefined &&
      second <= MAX_PREFIX_LENGTH &&
      !/\d/.test(key.slice(first, second));
    return deeper ? [prefix, key.slice(0, second)] : [prefix];
  };
}

function endOfPart(
  key: string,
  from: number,
  separators: readonly string[],
): number | undefined {
  const ends = separators
    .map(separator => ({ at: key.indexOf(separator, from), separator }))
    .filter(({ at }) => at >= 0)
    .map(({ at, separator }) => at + separator.length);
  return ends.length ? Math.min(...ends) : undefined;
}
