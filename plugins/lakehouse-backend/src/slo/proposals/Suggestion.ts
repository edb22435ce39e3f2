import type { ProposedSlo } from './openSloYaml';

/** What the data of some days suggest to promise. */
export interface Suggestion {
  readonly slo: Omit<ProposedSlo, 'service' | 'windowDays'>;
  readonly reason: string;
  readonly threshold?: { readonly value: number; readonly unit: string };
  readonly attained: number;
  readonly basedOnDays: number;
}

/** The time that suggestions are based on, at most. */
export const BASED_ON_DAYS = 14;
export const DAY_MS = 86_400_000;

/** `day`, `3 days`: what follows "the last". */
export function lastDays(days: number): string {
  return days === 1 ? 'day' : `${days} days`;
}
