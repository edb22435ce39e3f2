import { DDSketch } from '@datadog/sketches-js';
import type {
  Facet,
  QueryLatencyBucket,
  QueryState,
  QueryStats,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** What the statistics need of a query. */
export interface QueryFigures {
  readonly state: QueryState;
  readonly createdAtMs: number;
  readonly endedAtMs?: number;
  readonly wallMs?: number;
  readonly user?: string;
  readonly source?: string;
  readonly error?: string;
  readonly resourceGroup?: string;
}

/** Percentiles are within this share of the true value. */
const RELATIVE_ACCURACY = 0.01;
const FACETS_MAX = 20;
const HISTOGRAM_EDGES_MS = [
  0, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000,
  1_800_000,
];
const DAY_MS = 86_400_000;
const BUCKET_WIDTHS_MS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map(seconds => seconds * 1_000),
  ...[1, 2, 5, 10, 15, 30].map(minutes => minutes * 60_000),
  ...[1, 2, 3, 6, 12, 24].map(hours => hours * 3_600_000),
];
const QUEUED: readonly QueryState[] = [
  'QUEUED',
  'WAITING_FOR_RESOURCES',
  'DISPATCHING',
];

class Latencies {
  finished = 0;
  failed = 0;
  #sketch: DDSketch | undefined;

  add(failed: boolean, wallMs: number | undefined) {
    if (failed) this.failed += 1;
    else this.finished += 1;
    if (wallMs === undefined) return;
    this.#sketch ??= new DDSketch({ relativeAccuracy: RELATIVE_ACCURACY });
    this.#sketch.accept(Math.max(0, wallMs));
  }

  percentiles() {
    const sketch = this.#sketch;
    if (!sketch) return {};
    const at = (quantile: number) =>
      Math.round(sketch.getValueAtQuantile(quantile) * 10) / 10;
    return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) };
  }
}

/**
 * Counts and percentiles of queries by when they ended, over [fromMs, toMs).
 * Buckets begin at whole multiples of their width, so that a window that moves
 * on shows the same buckets.
 */
export function summariseQueries(
  queries: Iterable<QueryFigures>,
  options: { fromMs: number; toMs: number; buckets: number },
): Omit<QueryStats, 'truncatedTo' | 'facets' | 'gaps'> & {
  facets: Omit<QueryStats['facets'], 'tables'>;
} {
  const { fromMs, toMs } = options;
  const bucketMs = bucketWidth((toMs - fromMs) / options.buckets);
  const firstMs = Math.floor(fromMs / bucketMs) * bucketMs;
  const count = Math.max(1, Math.ceil((toMs - firstMs) / bucketMs));
  const buckets = Array.from({ length: count }, () => new Latencies());
  const overall = new Latencies();
  const histogram = HISTOGRAM_EDGES_MS.map(() => ({ count: 0, failed: 0 }));
  const facets = {
    users: new Map<string, number>(),
    sources: new Map<string, number>(),
    errors: new Map<string, number>(),
    resourceGroups: new Map<string, number>(),
  };
  let running = 0;
  let queued = 0;

  for (const query of queries) {
    increment(facets.users, query.user);
    increment(facets.sources, query.source);
    increment(facets.errors, query.error);
    increment(facets.resourceGroups, query.resourceGroup);
    if (query.state !== 'FINISHED' && query.state !== 'FAILED') {
      if (QUEUED.includes(query.state)) queued += 1;
      else if (query.state !== 'UNKNOWN') running += 1;
      continue;
    }
    const endedAtMs =
      query.endedAtMs ?? query.createdAtMs + (query.wallMs ?? 0);
    if (endedAtMs < fromMs || endedAtMs >= toMs) continue;
    const failed = query.state === 'FAILED';
    buckets[Math.floor((endedAtMs - firstMs) / bucketMs)].add(
      failed,
      query.wallMs,
    );
    overall.add(failed, query.wallMs);
    if (query.wallMs !== undefined) {
      const bin = histogram[binOf(query.wallMs)];
      bin.count += 1;
      if (failed) bin.failed += 1;
    }
  }

  return {
    from: new Date(fromMs).toISOString(),
    to: new Date(toMs).toISOString(),
    bucketMs,
    buckets: buckets.map(
      (bucket, index): QueryLatencyBucket => ({
        start: new Date(firstMs + index * bucketMs).toISOString(),
        finished: bucket.finished,
        failed: bucket.failed,
        ...bucket.percentiles(),
      }),
    ),
    histogram: histogram.map((bin, index) => ({
      fromMs: HISTOGRAM_EDGES_MS[index],
      toMs: HISTOGRAM_EDGES_MS[index + 1],
      ...bin,
    })),
    overall: {
      ended: overall.finished + overall.failed,
      failed: overall.failed,
      running,
      queued,
      ...overall.percentiles(),
    },
    facets: {
      users: mostFrequent(facets.users),
      sources: mostFrequent(facets.sources),
      errors: mostFrequent(facets.errors),
      resourceGroups: mostFrequent(facets.resourceGroups),
    },
  };
}

function bucketWidth(atLeastMs: number): number {
  return (
    BUCKET_WIDTHS_MS.find(width => width >= atLeastMs) ??
    Math.ceil(atLeastMs / DAY_MS) * DAY_MS
  );
}

function binOf(wallMs: number): number {
  const above = HISTOGRAM_EDGES_MS.findIndex(edge => edge > wallMs);
  return above < 0 ? HISTOGRAM_EDGES_MS.length - 1 : Math.max(0, above - 1);
}

function increment(counts: Map<string, number>, value: string | undefined) {
  if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
}

function mostFrequent(counts: ReadonlyMap<string, number>): Facet[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, FACETS_MAX);
}
