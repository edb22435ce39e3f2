import type { Gap } from './gap';
import type { ExternalLink } from './link';

/**
 * One look at a cache, summed over its primaries. What could not be observed
 * is absent, with a Gap. Counts are differences over `windowSeconds`: absent at
 * the first look and after a restart, never negative.
 *
 * @public
 */
export interface CacheSample {
  readonly connection: string;
  /** ISO time. */
  readonly sampledAt: string;
  readonly memory?: {
    readonly usedBytes: number;
    readonly peakBytes?: number;
    /** Absent when any primary has no limit. */
    readonly maxBytes?: number;
    /** mem_fragmentation_ratio of the worst primary. */
    readonly fragmentationRatio?: number;
  };
  readonly activity?: {
    readonly windowSeconds: number;
    readonly hits: number;
    readonly misses: number;
    readonly evictedKeys: number;
    readonly expiredKeys: number;
    readonly commands: number;
  };
  readonly clients?: { readonly connected: number; readonly blocked: number };
  readonly keys?: { readonly total: number; readonly withExpiry: number };
  /** The commands that took most time in the window, at most 10. */
  readonly latency?: ReadonlyArray<{
    readonly command: string;
    readonly calls: number;
    readonly p50Us: number;
    readonly p99Us: number;
    readonly p999Us?: number;
  }>;
}

/** @public */
export interface CacheNode {
  /** host:port */
  readonly id: string;
  readonly role: 'primary' | 'replica';
  /** Redis' or our own word: ok, loading, fail, unreachable. */
  readonly state: string;
  readonly version?: string;
  readonly usedBytes?: number;
  readonly maxBytes?: number;
  /** maxmemory_policy, for example `allkeys-lru`. */
  readonly evictionPolicy?: string;
  readonly keys?: number;
  /** Hash slots of a cluster's primary. */
  readonly slots?: number;
  /** ISO time. */
  readonly startedAt?: string;
}

/** An entry of SLOWLOG. Values are never kept: the command's name and its key only. @public */
export interface SlowCommand {
  readonly node: string;
  readonly id: string;
  /** ISO time. */
  readonly at: string;
  readonly durationUs: number;
  readonly command: string;
  readonly key?: string;
  readonly client?: string;
}

/** Upper bounds of time to live of {@link CacheKeyspace.ttl}, in seconds; the last bin has none. @public */
export const CACHE_TTL_BOUNDS_SECONDS = [60, 600, 3_600, 86_400] as const;

/** What a sampled SCAN tells of the keys under a prefix. @public */
export interface CacheKeyspace {
  /** ISO time at which the scan ended. */
  readonly scannedAt: string;
  /** Keys that were looked at. */
  readonly sampledKeys: number;
  /** Whether the whole keyspace was seen; else keys and bytes are scaled up from the sample. */
  readonly complete: boolean;
  readonly keys: number;
  /** MEMORY USAGE scaled up; absent where that is not permitted. */
  readonly sizeBytes?: number;
  /** Keys without time to live. */
  readonly withoutTtl: number;
  /** Keys by time to live, bins bounded by {@link CACHE_TTL_BOUNDS_SECONDS}: one more bin than bounds. */
  readonly ttl: readonly number[];
}

/** What applications told of a prefix, summed over their instances. @public */
export interface CachePrefixUse {
  /** ISO time of the window's end. */
  readonly at: string;
  readonly windowSeconds: number;
  readonly hits: number;
  readonly misses: number;
  readonly writes: number;
  readonly deletes: number;
  /** Misses of a key that someone was filling already. */
  readonly duplicateMisses: number;
  /** Time from a miss to the write that filled it. */
  readonly fillMs?: { readonly p50: number; readonly p99: number };
  readonly instances: number;
}

/** @public */
export interface CachePrefix {
  readonly connection: string;
  readonly prefix: string;
  /** The newest window; absent when no application tells. */
  readonly use?: CachePrefixUse;
  /** Oldest first, at most 120 points of the range asked for. */
  readonly useSeries: readonly CachePrefixUse[];
  readonly keyspace?: CacheKeyspace;
}

/**
 * Many asked for the same at once because it was not in the cache.
 *
 * @public
 */
export interface Stampede {
  readonly id: string;
  readonly connection: string;
  readonly prefix?: string;
  /** What showed it. */
  readonly evidence: 'duplicate-misses' | 'expiry-spike';
  /** ISO times; no end while it lasts. */
  readonly startedAt: string;
  readonly endedAt?: string;
  /** The keys with most concurrent misses, at most 10. */
  readonly keys: ReadonlyArray<{
    readonly key: string;
    readonly concurrentMisses: number;
  }>;
  /** Fills that would not have been needed. */
  readonly duplicateMisses?: number;
  readonly expiredKeys?: number;
  /** What it cost in Trino, from the queries of that source in the time of the stampede. */
  readonly trino?: {
    readonly connection: string;
    readonly source: string;
    readonly queries: number;
    readonly wallMs: number;
    readonly cpuMs: number;
    /** Queries of the same source in as long a time before. */
    readonly usualQueries: number;
  };
}

/** @public */
export interface CacheView {
  readonly connection: string;
  readonly title: string;
  readonly mode: 'standalone' | 'sentinel' | 'cluster';
  readonly observedAt?: string;
  readonly staleAfterSeconds: number;
  readonly latest?: CacheSample;
  /** Oldest first, thinned to at most 600. */
  readonly series: readonly CacheSample[];
  readonly nodes?: readonly CacheNode[];
  /** Newest first, at most 50. */
  readonly slowCommands?: readonly SlowCommand[];
  /** Most used first, at most 200. */
  readonly prefixes: readonly CachePrefix[];
  /** Those that touch the range, newest first, at most 100. */
  readonly stampedes: readonly Stampede[];
  /** To where more is known of it, from `lakehouse.links` of the config. */
  readonly links?: readonly ExternalLink[];
  readonly gaps: readonly Gap[];
}
