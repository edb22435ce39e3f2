import {
  isFinalQueryState,
  QueryFilter,
  QueryRecord,
  QueryStats,
} from '@lakehouse-ops/plugin-lakehouse-common';

const BINS_MS = [0, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000];

/** Whether a query passes a filter, as the backend reads it. */
export function matches(query: QueryRecord, filter: QueryFilter): boolean {
  const wallMs = query.wallMs ?? 0;
  const text = filter.text?.toLowerCase() ?? '';
  return (
    (!filter.states?.length || filter.states.includes(query.state)) &&
    (!filter.user || query.user === filter.user) &&
    (!filter.source || query.source === filter.source) &&
    (!filter.table ||
      [...query.tablesRead, ...query.tablesWritten].includes(filter.table)) &&
    (!filter.error ||
      query.error?.name === filter.error ||
      query.error?.type === filter.error) &&
    wallMs >= (filter.minWallMs ?? 0) &&
    wallMs < (filter.maxWallMs ?? Infinity) &&
    (!filter.from ||
      query.createdAt >= filter.from ||
      !isFinalQueryState(query.state)) &&
    (!filter.to || query.createdAt < filter.to) &&
    `${query.queryText} ${query.queryId}`.toLowerCase().includes(text)
  );
}

/** Statistics of some queries over the last hour. */
export function mockStats(queries: QueryRecord[]): QueryStats {
  const bucketMs = 60_000;
  const to = Date.now();
  const from = to - 60 * bucketMs;
  const ended = queries.filter(query => query.wallMs !== undefined);
  const failed = (some: QueryRecord[]) =>
    some.filter(query => query.state === 'FAILED').length;
  const quantile = (some: QueryRecord[], share: number) => {
    const sorted = some.map(query => query.wallMs ?? 0).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * share)];
  };
  const facet = (values: Array<string | undefined>) => {
    const counts = new Map<string, number>();
    for (const value of values) {
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count);
  };
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    bucketMs,
    buckets: Array.from({ length: 60 }, (_, index) => {
      const start = from + index * bucketMs;
      const inside = ended.filter(query => {
        const endMs = Date.parse(query.endedAt ?? '');
        return endMs >= start && endMs < start + bucketMs;
      });
      return {
        start: new Date(start).toISOString(),
        finished: inside.length - failed(inside),
        failed: failed(inside),
        p50Ms: quantile(inside, 0.5),
        p95Ms: quantile(inside, 0.95),
        p99Ms: quantile(inside, 0.99),
      };
    }),
    histogram: BINS_MS.map((fromMs, index) => {
      const toMs = BINS_MS[index + 1];
      const inside = ended.filter(
        ({ wallMs = 0 }) => wallMs >= fromMs && wallMs < (toMs ?? Infinity),
      );
      return { fromMs, toMs, count: inside.length, failed: failed(inside) };
    }),
    overall: {
      ended: ended.length,
      failed: failed(ended),
      running: queries.filter(query => query.state === 'RUNNING').length,
      queued: queries.filter(query => query.state === 'QUEUED').length,
      p50Ms: quantile(ended, 0.5),
      p95Ms: quantile(ended, 0.95),
      p99Ms: quantile(ended, 0.99),
    },
    facets: {
      users: facet(queries.map(query => query.user)),
      sources: facet(queries.map(query => query.source)),
      errors: facet(queries.map(query => query.error?.name)),
      tables: facet(queries.flatMap(query => query.tablesRead)),
      resourceGroups: facet(
        queries.map(query => query.resourceGroup.join('.')),
      ),
    },
  };
}
