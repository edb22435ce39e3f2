import {
  CACHE_TTL_BOUNDS_SECONDS,
  CacheKeyspace,
  CacheRef,
  CacheSample,
  CacheView,
  Stampede,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatDuration } from '../components/format';

/** Hits of all lookups, 0 to 1; unknown when nothing was looked up. */
export function hitRatio(
  counted: { hits: number; misses: number } | undefined,
): number | undefined {
  if (!counted) return undefined;
  const lookups = counted.hits + counted.misses;
  return lookups > 0 ? counted.hits / lookups : undefined;
}

/** A count over a window as a rate. */
export function perSecond(
  count: number | undefined,
  windowSeconds: number | undefined,
): number | undefined {
  return count === undefined || !windowSeconds
    ? undefined
    : count / windowSeconds;
}

/** Share of the limit that is used; unknown without a limit. */
export function memoryShare(sample: CacheSample | undefined) {
  const memory = sample?.memory;
  return memory?.maxBytes ? memory.usedBytes / memory.maxBytes : undefined;
}

/** Share of keys without time to live, 0 to 1. */
export function withoutTtlShare(
  keyspace: CacheKeyspace | undefined,
): number | undefined {
  return keyspace && keyspace.keys > 0
    ? keyspace.withoutTtl / keyspace.keys
    : undefined;
}

/** The words for the bins of times to live: "under 1 m", "to 10 m", …, "longer". */
export const TTL_WORDS: readonly string[] = [
  ...CACHE_TTL_BOUNDS_SECONDS.map((bound, index) => {
    const to = formatDuration(bound * 1_000).replace(/ 0{1,2} [hms]$/, '');
    return index === 0 ? `under ${to}` : `to ${to}`;
  }),
  'longer',
];

/** A view narrowed to the keys that begin with an entity's prefix. */
export function narrowCache(view: CacheView, ref: CacheRef): CacheView {
  const { prefix } = ref;
  if (prefix === undefined) return view;
  const ours = (other: string | undefined) =>
    other !== undefined &&
    (other.startsWith(prefix) || prefix.startsWith(other));
  return {
    ...view,
    prefixes: view.prefixes.filter(one => ours(one.prefix)),
    stampedes: view.stampedes.filter(one => ours(one.prefix)),
  };
}

/** How long a stampede took, so far. */
export function stampedeMs(stampede: Stampede, now: number): number {
  const endMs = stampede.endedAt ? Date.parse(stampede.endedAt) : now;
  return endMs - Date.parse(stampede.startedAt);
}

/** Time in Trino beyond what is usual; unknown where no queries can be told from others. */
export function extraTrinoMs(stampede: Stampede): number | undefined {
  const { trino } = stampede;
  if (!trino || trino.queries === 0) return undefined;
  const extra = Math.max(0, trino.queries - trino.usualQueries);
  return Math.round((trino.wallMs / trino.queries) * extra);
}
