import type {
  SloStatus,
  SloSummary,
} from '@lakehouse-ops/plugin-lakehouse-common';

const RANKS: Record<SloStatus, number> = {
  breached: 0,
  'at-risk': 1,
  unknown: 2,
  healthy: 3,
};

/** Order of lists: worst status first, then the least budget left, then by id. */
export function worstSlosFirst(a: SloSummary, b: SloSummary): number {
  const byStatus = RANKS[a.status] - RANKS[b.status];
  const left = ({ budget }: SloSummary) => budget?.remaining ?? Infinity;
  if (byStatus) return byStatus;
  if (left(a) !== left(b)) return left(a) < left(b) ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}
