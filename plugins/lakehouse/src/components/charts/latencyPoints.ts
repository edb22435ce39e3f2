import type { QueryStats } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TimeSpan } from './timeAxis';

/** One bucket of the latency and failure charts, placed at its middle. */
export interface LatencyPoint {
  readonly timeMs: number;
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly p99Ms?: number;
  /** From p50 to p95. */
  readonly band?: readonly [number, number];
  readonly finished: number;
  readonly failed: number;
}

/** Reads the buckets of statistics for drawing. */
export function latencyPoints(stats: QueryStats): LatencyPoint[] {
  return stats.buckets.map(bucket => ({
    timeMs: Date.parse(bucket.start) + stats.bucketMs / 2,
    p50Ms: positive(bucket.p50Ms),
    p95Ms: positive(bucket.p95Ms),
    p99Ms: positive(bucket.p99Ms),
    band:
      bucket.p50Ms !== undefined && bucket.p95Ms !== undefined
        ? [Math.max(1, bucket.p50Ms), Math.max(1, bucket.p95Ms)]
        : undefined,
    finished: bucket.finished,
    failed: bucket.failed,
  }));
}

/** What is asked for, widened to whole buckets. */
export function latencySpan(stats: QueryStats): TimeSpan {
  const starts = stats.buckets.map(bucket => Date.parse(bucket.start));
  return {
    fromMs: Math.min(Date.parse(stats.from), ...starts),
    toMs: Math.max(
      Date.parse(stats.to),
      ...starts.map(start => start + stats.bucketMs),
    ),
  };
}

/** Powers of ten that hold all latencies, for a logarithmic axis. */
export function latencyDomain(
  points: readonly LatencyPoint[],
): [number, number] {
  const values = points.flatMap(point =>
    [point.p50Ms, point.p95Ms, point.p99Ms].flatMap(value => value ?? []),
  );
  if (values.length === 0) return [10, 10_000];
  const low = 10 ** Math.floor(Math.log10(Math.min(...values)));
  const high = 10 ** Math.ceil(Math.log10(Math.max(...values)));
  return [low, Math.max(high, low * 10)];
}

/** The powers of ten within a domain. */
export function latencyTicks([low, high]: [number, number]): number[] {
  const ticks: number[] = [];
  for (let tick = low; tick <= high; tick *= 10) ticks.push(tick);
  return ticks;
}

// A logarithmic axis has no place for zero.
function positive(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.max(1, value);
}
