import { promDuration } from './promDuration';

/** What a range stands for in queries that are asked for ranges of any length, here and in Sloth's files. */
const TEMPLATE = '{{.window}}';

/** The time before an evaluation that an expression is told for. */
export interface PromRange {
  /** As it stands in `[5m]`. */
  readonly window: string;
  /** A subquery with one point for each whole step of the range. */
  over(query: string, step: string): string;
}

/** A range of a known length. */
export function rangeOf(ms: number): PromRange {
  return {
    window: promDuration(ms),
    // Ranges were closed at both ends before Prometheus 3: a second less keeps
    // a point that lies just on the older end from counting.
    over: (query, step) => `${query}[${promDuration(ms - 1_000)}:${step}]`,
  };
}

/** The range that Sloth puts in. It can't be shortened, so that it is moved instead, for the same reason. */
export const TEMPLATE_RANGE: PromRange = {
  window: TEMPLATE,
  over: (query, step) => `${query}[${TEMPLATE}:${step}] offset 1s`,
};

/** Puts a range into a query that has a place for it. */
export function fillWindow(query: string, { window }: PromRange): string {
  return query.replaceAll(TEMPLATE, window);
}

/** Whether a query has a place for a range. */
export function hasWindow(query: string): boolean {
  return query.includes(TEMPLATE);
}
