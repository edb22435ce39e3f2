import type { SloStatus } from '@lakehouse-ops/plugin-lakehouse-common';

/** Worst first. */
const STATUSES: readonly SloStatus[] = [
  'breached',
  'at-risk',
  'unknown',
  'healthy',
];

/** Place of a status in lists. */
export function statusRank(status: SloStatus): number {
  return STATUSES.indexOf(status);
}

/** The status at a place; `unknown` for a place that is none. */
export function statusOfRank(rank: number): SloStatus {
  return STATUSES[rank] ?? 'unknown';
}
