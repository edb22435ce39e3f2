import type { Gap, GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TimeSpan } from './timeAxis';

/** Samples further apart than this many usual steps are not joined by a line. */
const MISSED_STEPS = 3;

/** Where in a span some subjects were not observed. */
export function gapSpans(
  gaps: readonly Gap[],
  subjects: readonly GapSubject[],
  span: TimeSpan,
): TimeSpan[] {
  return gaps
    .filter(gap => subjects.includes(gap.subject))
    .map(gap => ({
      fromMs: Math.max(Date.parse(gap.since), span.fromMs),
      toMs: Math.min(gap.until ? Date.parse(gap.until) : span.toMs, span.toMs),
    }))
    .filter(gap => gap.toMs > gap.fromMs);
}

/**
 * Puts an empty point into every hole of a series, so that a chart breaks
 * there in place of drawing a line through what nobody saw.
 */
export function breakAtHoles<P extends { readonly timeMs: number }>(
  points: readonly P[],
): Array<P | { readonly timeMs: number }> {
  const steps = points
    .slice(1)
    .map((point, index) => point.timeMs - points[index].timeMs)
    .sort((a, b) => a - b);
  const usual = steps[Math.floor(steps.length / 2)];
  if (usual === undefined) return [...points];
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before && point.timeMs - before.timeMs > usual * MISSED_STEPS
      ? [{ timeMs: before.timeMs + usual }, point]
      : [point];
  });
}
