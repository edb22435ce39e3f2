import type { Gap, GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TimeSpan } from './timeAxis';

/** Samples further apart than this many usual steps are not joined by a line. */
const MISSED_STEPS = 3;

/** Where in a span some subjects were not observed, as far as gaps tell. */
export function gapSpans(
  gaps: readonly Gap[],
  subjects: readonly GapSubject[],
  span: TimeSpan,
): TimeSpan[] {
  const spans = gaps
    .filter(gap => subjects.includes(gap.subject))
    .map(gap => ({
      fromMs: Date.parse(gap.since),
      toMs: gap.until ? Date.parse(gap.until) : span.toMs,
    }));
  return mergeSpans(spans, span);
}

/**
 * Where in a span there are no samples: before the first, after the last, and
 * where steps are missing. Nobody may have noticed then, so that no gap tells.
 */
export function sampleHoles(
  timesMs: readonly number[],
  holdMs: number,
  span: TimeSpan,
): TimeSpan[] {
  const limitMs = holeLimitMs(timesMs, holdMs);
  const edges = [span.fromMs, ...timesMs, span.toMs];
  return edges
    .slice(1)
    .map((toMs, index) => ({ fromMs: edges[index], toMs }))
    .filter(({ fromMs, toMs }) => toMs - fromMs > limitMs);
}

/** Spans cut to what is shown, with those that touch made one. */
export function mergeSpans(
  spans: readonly TimeSpan[],
  within: TimeSpan,
): TimeSpan[] {
  const merged: TimeSpan[] = [];
  const cut = spans
    .map(({ fromMs, toMs }) => ({
      fromMs: Math.max(fromMs, within.fromMs),
      toMs: Math.min(toMs, within.toMs),
    }))
    .filter(({ fromMs, toMs }) => toMs > fromMs)
    .sort((a, b) => a.fromMs - b.fromMs);
  for (const span of cut) {
    const last = merged[merged.length - 1];
    if (last && span.fromMs <= last.toMs) {
      merged[merged.length - 1] = {
        fromMs: last.fromMs,
        toMs: Math.max(last.toMs, span.toMs),
      };
    } else {
      merged.push(span);
    }
  }
  return merged;
}

/**
 * Ends a series at every hole, so that a chart breaks there in place of
 * drawing a line through what nobody saw. A sample stands for one usual step.
 *
 * @param holdMs - how long a sample counts as current at least
 */
export function breakAtHoles<P extends { readonly timeMs: number }>(
  points: readonly P[],
  holdMs: number,
): Array<P | { readonly timeMs: number }> {
  const timesMs = points.map(({ timeMs }) => timeMs);
  const limitMs = holeLimitMs(timesMs, holdMs);
  const usualMs = Math.min(usualStepMs(timesMs) ?? holdMs, limitMs - 1);
  return points.flatMap((point, index) => {
    const next = points[index + 1];
    if (next && next.timeMs - point.timeMs <= limitMs) return [point];
    const endMs = point.timeMs + usualMs;
    return next
      ? [point, { ...point, timeMs: endMs }, { timeMs: endMs + 1 }]
      : [point];
  });
}

function holeLimitMs(timesMs: readonly number[], holdMs: number): number {
  return Math.max(holdMs, (usualStepMs(timesMs) ?? 0) * MISSED_STEPS);
}

function usualStepMs(timesMs: readonly number[]): number | undefined {
  const steps = timesMs
    .slice(1)
    .map((timeMs, index) => timeMs - timesMs[index])
    .sort((a, b) => a - b);
  return steps[Math.floor(steps.length / 2)];
}
