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

/** A share as people read it: 99.7 %, never rounded up to what was not attained. */
export function percent(share: number): string {
  return `${Math.floor(share * 100_000 + 1e-6) / 1_000} %`;
}
