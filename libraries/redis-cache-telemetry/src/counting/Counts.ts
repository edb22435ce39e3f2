/**
 * Upper bounds of fill time, in milliseconds; one more count than bounds, the
 * last is of all slower fills.
 *
 * @public
 */
export const CACHE_FILL_BOUNDS_MS = [
  1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000,
] as const;

/** Counts of one prefix, since the start or in one window. */
export interface Counts {
  hits: number;
  misses: number;
  writes: number;
  deletes: number;
  duplicateMisses: number;
  fills: number;
  fillMs: number;
  readonly fillCounts: number[];
}

export function noCounts(): Counts {
  return {
    hits: 0,
    misses: 0,
    writes: 0,
    deletes: 0,
    duplicateMisses: 0,
    fills: 0,
    fillMs: 0,
    fillCounts: new Array<number>(CACHE_FILL_BOUNDS_MS.length + 1).fill(0),
  };
}

export function addCounts(sum: Counts, more: Counts) {
  sum.hits += more.hits;
  sum.misses += more.misses;
  sum.writes += more.writes;
  sum.deletes += more.deletes;
  sum.duplicateMisses += more.duplicateMisses;
  sum.fills += more.fills;
  sum.fillMs += more.fillMs;
  more.fillCounts.forEach((count, index) => {
    sum.fillCounts[index] += count;
  });
}

/** How much a prefix was used. */
export function useOf(counts: Counts): number {
  return counts.hits + counts.misses + counts.writes + counts.deletes;
}

export function countFill(counts: Counts, fillMs: number) {
  counts.fills += 1;
  counts.fillMs += fillMs;
  let bin = 0;
  while (
    bin < CACHE_FILL_BOUNDS_MS.length &&
    fillMs > CACHE_FILL_BOUNDS_MS[bin]
  ) {
    bin += 1;
  }
  counts.fillCounts[bin] += 1;
}
