/** What one instance counted for a key prefix in one window. @public */
export interface CacheTelemetryPrefix {
  readonly prefix: string;
  readonly hits: number;
  readonly misses: number;
  /** Keys written. */
  readonly writes: number;
  /** Keys asked to be deleted. */
  readonly deletes: number;
  /** Misses of a key that was being filled already; part of `misses`. */
  readonly duplicateMisses: number;
  /** Counts of fills by {@link CACHE_FILL_BOUNDS_MS}. */
  readonly fill?: { readonly counts: readonly number[] };
  /** Keys with most concurrent misses, at most 10. */
  readonly hotKeys?: ReadonlyArray<{
    readonly key: string;
    readonly concurrentMisses: number;
  }>;
}

/**
 * Body of `POST /api/lakehouse/ingest/cache/<connection>`; its fields are
 * explained in docs/cache-telemetry.md.
 *
 * @public
 */
export interface CacheTelemetryReport {
  readonly version: 1;
  readonly instance: string;
  readonly source: string;
  /** ISO times. */
  readonly windowStart: string;
  readonly windowEnd: string;
  readonly prefixes: readonly CacheTelemetryPrefix[];
  readonly prefixesCutOff: number;
}
