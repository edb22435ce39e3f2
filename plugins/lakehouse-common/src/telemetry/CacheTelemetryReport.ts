/**
 * Upper bounds of fill time in {@link CacheTelemetryPrefix.fill}, in
 * milliseconds; one more count than bounds, the last is of all slower fills.
 *
 * @public
 */
export const CACHE_FILL_BOUNDS_MS = [
  1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000,
] as const;

/** The name under which an application sums the prefixes that it does not tell apart. @public */
export const CACHE_OTHER_PREFIXES = 'other';

/** What one instance counted for a key prefix in one window. @public */
export interface CacheTelemetryPrefix {
  /** As in the keys, for example `personal-api:commits:`; {@link CACHE_OTHER_PREFIXES} sums what was cut off. */
  readonly prefix: string;
  readonly hits: number;
  readonly misses: number;
  /** Keys written. */
  readonly writes: number;
  /** Keys asked to be deleted. */
  readonly deletes: number;
  /** Misses of a key that was being filled already; part of `misses`. */
  readonly duplicateMisses: number;
  /** Time from a miss to the write that filled it: counts by {@link CACHE_FILL_BOUNDS_MS}. Absent without fills. */
  readonly fill?: { readonly counts: readonly number[] };
  /** The keys with most concurrent misses, at most 10; their names only. */
  readonly hotKeys?: readonly CacheTelemetryHotKey[];
}

/** A key that several asked for while it was being filled. @public */
export interface CacheTelemetryHotKey {
  readonly key: string;
  /** The most misses of it that fell within one fill, the first among them: 2 or more. */
  readonly concurrentMisses: number;
}

/**
 * Body of `POST /api/lakehouse/ingest/cache/<connection>`: what one instance of
 * an application counted in one window. A report may be sent again: instance
 * and window tell it apart.
 *
 * @public
 */
export interface CacheTelemetryReport {
  readonly version: 1;
  /** Of the process, and no other's: `host:pid:start`. */
  readonly instance: string;
  /** Name of the application, as its queries tell Trino in `source`. */
  readonly source: string;
  /** ISO times by the application's clock. */
  readonly windowStart: string;
  readonly windowEnd: string;
  /** At most 201: 200 and {@link CACHE_OTHER_PREFIXES}. */
  readonly prefixes: readonly CacheTelemetryPrefix[];
  /** How many prefixes are summed in {@link CACHE_OTHER_PREFIXES}; 0 when none is missing. */
  readonly prefixesCutOff: number;
}
