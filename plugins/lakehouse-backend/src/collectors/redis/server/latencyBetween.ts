import type { CacheSample } from '@lakehouse-ops/plugin-lakehouse-common';
import type { RedisLatency } from '@lakehouse-ops/plugin-lakehouse-node';

const COMMANDS_MAX = 10;

/** LATENCY HISTOGRAM of one primary. */
export interface LatencyLook {
  readonly id: string;
  readonly runId?: string;
  readonly latencies: ReadonlyMap<string, RedisLatency>;
}

/** Calls by the upper bound of how long they took. */
type Buckets = Map<number, number>;

/**
 * Percentiles of the calls between two looks at all primaries, of the commands that
 * took most time. Each is the upper bound of the bucket in which it lies: the server's
 * buckets double, so that a figure is at most twice the true one.
 *
 * Nothing when a node was not there before, has restarted or was set back.
 */
export function latencyBetween(
  before: readonly LatencyLook[] | undefined,
  now: readonly LatencyLook[],
): CacheSample['latency'] {
  if (!before || !now.length) return undefined;
  const known = new Map(before.map(look => [look.id, look]));
  const byCommand = new Map<string, Buckets>();
  for (const look of now) {
    const earlier = known.get(look.id);
    if (!earlier || earlier.runId !== look.runId) return undefined;
    for (const [command, latency] of look.latencies) {
      const moved = callsBetween(earlier.latencies.get(command), latency);
      if (!moved) return undefined;
      const sum = byCommand.get(command) ?? new Map();
      byCommand.set(command, sum);
      for (const [bound, calls] of moved) {
        sum.set(bound, (sum.get(bound) ?? 0) + calls);
      }
    }
  }
  return [...byCommand]
    .map(([command, buckets]) => ({ command, ...summarize(buckets) }))
    .filter(({ calls }) => calls > 0)
    .sort((a, b) => b.totalUs - a.totalUs)
    .slice(0, COMMANDS_MAX)
    .map(({ totalUs: _, ...told }) => told);
}

function callsBetween(
  before: RedisLatency | undefined,
  now: RedisLatency,
): Buckets | undefined {
  const moved: Buckets = new Map();
  let below = 0;
  for (const [bound, atMost] of now.atMostUs) {
    const calls = atMost - atMostOf(before, bound);
    // A falling count tells of CONFIG RESETSTAT.
    if (calls < below) return undefined;
    if (calls > below) moved.set(bound, calls - below);
    below = calls;
  }
  return moved;
}

/** Buckets without calls of their own are left out by the server: the one below counts. */
function atMostOf(latency: RedisLatency | undefined, bound: number): number {
  let atMost = 0;
  for (const [own, calls] of latency?.atMostUs ?? []) {
    if (own <= bound) atMost = Math.max(atMost, calls);
  }
  return atMost;
}

function summarize(buckets: Buckets) {
  const sorted = [...buckets].sort(([a], [b]) => a - b);
  const calls = sorted.reduce((sum, [, own]) => sum + own, 0);
  const percentile = (part: number) => {
    let sum = 0;
    const found = sorted.find(([, own]) => {
      sum += own;
      return sum >= calls * part;
    });
    return found?.[0] ?? 0;
  };
  return {
    calls,
    totalUs: sorted.reduce((sum, [bound, own]) => sum + bound * own, 0),
    p50Us: percentile(0.5),
    p99Us: percentile(0.99),
    p999Us: percentile(0.999),
  };
}
