import type {
  MsSpan,
  SloHistory,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SeriesReach } from '../rollups/SloRollups';
import { countedSpans } from './objectiveParts';
import type { PartLine } from './readLines';

const GAPS_MAX = 200;
/** What was counted last may be so old before it is a gap. */
const SETTLE_MS = 300_000;

/** Times of a range in which nothing was observed that an objective counts on, the longest 200, oldest first. */
export function gapsOf(options: {
  lines: readonly PartLine[];
  reach: ReadonlyMap<string, SeriesReach>;
  range: MsSpan;
  widthMs: number;
}): SloHistory['gaps'] {
  const { lines, reach, range, widthMs } = options;
  const settledMs = range.toMs - Math.max(SETTLE_MS, widthMs);
  const gaps = lines.flatMap(({ part, cells }) => {
    const { countedFromMs, problem } = reach.get(part.series.id) ?? {};
    const observed = cells
      .filter(({ observedMinutes }) => observedMinutes > 0)
      .map(({ startMs }) => startMs)
      .toSorted((a, b) => a - b);
    return countedSpans(part, { fromMs: range.fromMs, toMs: range.toMs })
      .flatMap(span => unseen(span, observed, widthMs))
      .filter(({ fromMs }) => fromMs < settledMs)
      .map(gap => ({ ...gap, reason: reasonOf(gap) }));

    function reasonOf(gap: MsSpan): string | undefined {
      if (countedFromMs === undefined || gap.toMs <= countedFromMs + widthMs) {
        return 'It was not counted then.';
      }
      return gap.toMs >= range.toMs - widthMs ? problem : undefined;
    }
  });
  return merged(gaps)
    .sort((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs))
    .slice(0, GAPS_MAX)
    .sort((a, b) => a.fromMs - b.fromMs)
    .map(({ fromMs, toMs, reason }) => ({
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      ...(reason !== undefined && { reason }),
    }));
}

function unseen(
  span: MsSpan,
  observed: readonly number[],
  widthMs: number,
): MsSpan[] {
  const gaps: MsSpan[] = [];
  let cursor = span.fromMs;
  for (const startMs of observed) {
    if (startMs >= span.toMs) break;
    if (startMs > cursor) gaps.push({ fromMs: cursor, toMs: startMs });
    cursor = Math.max(cursor, startMs + widthMs);
  }
  if (cursor < span.toMs) gaps.push({ fromMs: cursor, toMs: span.toMs });
  return gaps;
}

/** Objectives that count on the same are blind at the same time. */
function merged<G extends MsSpan & { reason?: string }>(
  gaps: readonly G[],
): Array<MsSpan & { reason?: string }> {
  const all: Array<MsSpan & { reason?: string }> = [];
  for (const gap of gaps.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = all.at(-1);
    if (last && gap.fromMs <= last.toMs && gap.reason === last.reason) {
      all[all.length - 1] = { ...last, toMs: Math.max(last.toMs, gap.toMs) };
    } else {
      all.push({ fromMs: gap.fromMs, toMs: gap.toMs, reason: gap.reason });
    }
  }
  return all;
}
