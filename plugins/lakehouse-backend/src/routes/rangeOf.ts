import type { TimeRange } from '../observations/SystemReads';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The range asked for: up to now, and of so long, unless told. */
export function rangeOf(
  request: { from?: string; to?: string },
  usualMs: number,
): TimeRange {
  const to = request.to ?? new Date().toISOString();
  const from = request.from ?? new Date(Date.parse(to) - usualMs).toISOString();
  return { from, to };
}
