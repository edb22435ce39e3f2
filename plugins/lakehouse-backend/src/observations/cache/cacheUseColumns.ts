import { CACHE_FILL_BOUNDS_MS } from '@lakehouse-ops/plugin-lakehouse-common';

/** What a row counts, and sums can be made of. */
export const CACHE_COUNTS = [
  'hits',
  'misses',
  'writes',
  'deletes',
  'duplicate_misses',
] as const;
/** Fills by CACHE_FILL_BOUNDS_MS, one more than bounds. */
export const CACHE_FILLS = [...CACHE_FILL_BOUNDS_MS, Infinity].map(
  (_, bin) => `fills_${bin}`,
);

/** Windows of instances that end in the same slot are told together. */
export const CACHE_SLOT_MS = 10_000;
