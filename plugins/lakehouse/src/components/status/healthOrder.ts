import type { HealthStatus } from '@lakehouse-ops/plugin-lakehouse-common';

/** Worst first. Unknown stands before healthy: it may hide something. */
export const HEALTH_ORDER: readonly HealthStatus[] = [
  'breached',
  'at-risk',
  'unknown',
  'healthy',
];

/** The words for a status. */
export const HEALTH_WORDS: Record<HealthStatus, string> = {
  breached: 'Breached',
  'at-risk': 'At risk',
  unknown: 'Unknown',
  healthy: 'Healthy',
};

/** For sorting, worst first. */
export function compareHealth(a: HealthStatus, b: HealthStatus): number {
  return HEALTH_ORDER.indexOf(a) - HEALTH_ORDER.indexOf(b);
}

/** The worst of several; healthy when there are none. */
export function worstHealth(statuses: readonly HealthStatus[]): HealthStatus {
  return [...statuses].sort(compareHealth)[0] ?? 'healthy';
}
