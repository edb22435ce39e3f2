import type { TimeRange } from '../SystemReads';
import { epochMs } from '../storable';

/** Cuts a range into `count` equal spans. */
export function spansOf(
  range: TimeRange,
  count: number,
): { fromMs: number; toMs: number; spanMs: number } {
  const fromMs = epochMs(range.from) ?? 0;
  const toMs = epochMs(range.to) ?? Date.now();
  const spanMs = Math.max(1, Math.ceil((toMs - fromMs + 1) / count));
  return { fromMs, toMs, spanMs };
}
