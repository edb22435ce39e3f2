import { CACHE_FILL_BOUNDS_MS } from '@lakehouse-ops/plugin-lakehouse-common';

/**
 * Median and 99th percentile of fills counted by {@link CACHE_FILL_BOUNDS_MS},
 * taken as evenly spread within each bin; what is slower than the last bound
 * counts as that bound. Undefined without fills.
 */
export function fillPercentiles(
  counts: readonly number[],
): { p50: number; p99: number } | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return undefined;
  return {
    p50: quantile(counts, total / 2),
    p99: quantile(counts, total * 0.99),
  };
}

function quantile(counts: readonly number[], rank: number): number {
  let below = 0;
  let lower = 0;
  for (const [index, upper] of CACHE_FILL_BOUNDS_MS.entries()) {
    const count = counts[index] ?? 0;
    if (count > 0 && below + count >= rank) {
      return lower + ((upper - lower) * (rank - below)) / count;
    }
    below += count;
    lower = upper;
  }
  return lower;
}
