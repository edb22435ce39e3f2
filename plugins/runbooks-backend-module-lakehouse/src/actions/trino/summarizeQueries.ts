import { isFinalQueryState } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoListedQuery } from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';

const MAX_GROUPS = 10;

export const queryFactSchema = z.object({
  queryId: z.string(),
  user: z.string(),
  source: z.string(),
  state: z.string(),
  resourceGroup: z.string(),
  elapsedMs: z.number(),
  memoryBytes: z.number(),
});

export const queriesOutputSchema = z.object({
  running: z.number(),
  queued: z.number(),
  finished: z.number(),
  failed: z.number(),
  /** Of those that ended; absent when none did. */
  failedPercent: z.number().optional(),
  /** Failures that are not their users' own mistakes, in percent of all that ended. */
  clusterFaultPercent: z.number().optional(),
  /** Wall time of queries that ended well. */
  p50Ms: z.number().optional(),
  p95Ms: z.number().optional(),
  longestQueuedMs: z.number().optional(),
  /** Most frequent first. */
  errors: z.array(
    z.object({ name: z.string(), type: z.string(), count: z.number() }),
  ),
  /** Who has the most that run or wait. */
  sources: z.array(
    z.object({ source: z.string(), active: z.number(), failed: z.number() }),
  ),
  /** Running queries that take the most memory. */
  biggest: z.array(queryFactSchema),
  /** Running queries that run for the longest. */
  longest: z.array(queryFactSchema),
});

export type QueriesOutput = z.output<typeof queriesOutputSchema>;

/**
 * Sums up a coordinator's list of queries.
 *
 * @param options - `since`: those that ended before are left out
 */
export function summarizeQueries(
  queries: readonly TrinoListedQuery[],
  options: { since: Date; now: Date; top: number },
): QueriesOutput {
  const { since, now, top } = options;
  const active = queries.filter(({ state }) => !isFinalQueryState(state));
  const waits = ({ state }: TrinoListedQuery) =>
    state === 'QUEUED' || state === 'WAITING_FOR_RESOURCES';
  const queued = active.filter(waits);
  const running = active.filter(query => !waits(query));
  const ended = queries.filter(
    query =>
      isFinalQueryState(query.state) && endedAtMs(query) >= since.getTime(),
  );
  const failed = ended.filter(({ state }) => state === 'FAILED');
  const fine = ended.filter(({ state }) => state === 'FINISHED');
  const times = fine
    .flatMap(({ elapsedMs }) => elapsedMs ?? [])
    .sort((a, b) => a - b);
  const facts = running.map(query => factOf(query, now));
  const share = (count: number) =>
    ended.length ? Math.round((1000 * count) / ended.length) / 10 : undefined;
  const waited = queued.map(
    query => now.getTime() - Date.parse(query.createdAt),
  );
  return {
    running: running.length,
    queued: queued.length,
    finished: fine.length,
    failed: failed.length,
    failedPercent: share(failed.length),
    clusterFaultPercent: share(
      failed.filter(({ errorType }) => errorType !== 'USER_ERROR').length,
    ),
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
    longestQueuedMs: waited.length ? Math.max(0, ...waited) : undefined,
    errors: counted(failed, query =>
      [query.errorName ?? 'UNKNOWN', query.errorType ?? 'UNKNOWN'].join(' '),
    ).map(({ key, count }) => {
      const [name, type] = key.split(' ');
      return { name, type, count };
    }),
    sources: counted([...active, ...failed], sourceOf).map(({ key }) => ({
      source: key,
      active: active.filter(query => sourceOf(query) === key).length,
      failed: failed.filter(query => sourceOf(query) === key).length,
    })),
    biggest: [...facts]
      .sort((a, b) => b.memoryBytes - a.memoryBytes)
      .slice(0, top),
    longest: [...facts].sort((a, b) => b.elapsedMs - a.elapsedMs).slice(0, top),
  };
}

function factOf(query: TrinoListedQuery, now: Date) {
  return {
    queryId: query.queryId,
    user: query.user,
    source: sourceOf(query),
    state: query.state,
    resourceGroup: query.resourceGroup.join('.'),
    elapsedMs:
      query.elapsedMs ??
      Math.max(0, now.getTime() - Date.parse(query.createdAt)),
    memoryBytes: query.peakMemoryBytes ?? 0,
  };
}

/** Queries without a source are told by their user. */
function sourceOf({ source, user }: TrinoListedQuery): string {
  return source ?? `user ${user}`;
}

function endedAtMs({ endedAt, createdAt }: TrinoListedQuery): number {
  return Date.parse(endedAt ?? createdAt);
}

/** By the nearest rank. */
function quantile(sorted: readonly number[], share: number) {
  return sorted.length
    ? sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
    : undefined;
}

function counted<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
): Array<{ key: string; count: number }> {
  const counts = new Map<string, number>();
  for (const item of items) {
    counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  }
  return [...counts]
    .map(([key, count]) => ({ key, count }))
    .sort((a, b) => b.count - a.count || a.key.localeCompare(b.key))
    .slice(0, MAX_GROUPS);
}
