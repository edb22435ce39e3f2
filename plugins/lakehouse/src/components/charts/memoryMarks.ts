import type { TimeSpan } from './timeAxis';

interface MemoryPoint {
  readonly timeMs: number;
  readonly blockedNodes: number;
  readonly oomKills?: number;
}

/** Runs of samples in which nodes were blocked for lack of memory. */
export function blockedSpans(points: readonly MemoryPoint[]): TimeSpan[] {
  const spans: TimeSpan[] = [];
  let fromMs: number | undefined;
  points.forEach((point, index) => {
    if (point.blockedNodes > 0) fromMs ??= point.timeMs;
    const next = points[index + 1];
    if (fromMs !== undefined && (!next || next.blockedNodes === 0)) {
      spans.push({ fromMs, toMs: next?.timeMs ?? point.timeMs });
      fromMs = undefined;
    }
  });
  return spans;
}

/**
 * When the count of kills rose. It is counted since the coordinator started,
 * so a fall is a restart and not a mark.
 */
export function oomKillTimes(points: readonly MemoryPoint[]): number[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1]?.oomKills;
    return before !== undefined &&
      point.oomKills !== undefined &&
      point.oomKills > before
      ? [point.timeMs]
      : [];
  });
}
