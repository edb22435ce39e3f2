import {
  slicesOf,
  sliceSums,
  type MsSpan,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SliBucket, SloRollups } from '../rollups/SloRollups';
import type { Grid } from './chooseGrid';
import { CountLine, type CountCell } from './CountLine';
import { countedSpans, type ObjectivePart } from './objectiveParts';

/** Pieces of hours that are read by themselves. */
const PIECES_MAX = 2_000;

/** What was counted of a part along a time. */
export interface PartLine {
  readonly part: ObjectivePart;
  readonly cells: readonly CountCell[];
  readonly line: CountLine;
}

interface Piece {
  readonly part: ObjectivePart;
  readonly bucket: SliBucket;
  readonly span: MsSpan;
}

/**
 * Counts of parts along a time, less what doesn't count, to the minute: hours
 * that count only in part are read by their pieces. Two calls of the rollups.
 */
export async function readLines(
  rollups: Pick<SloRollups, 'buckets' | 'sums'>,
  parts: readonly ObjectivePart[],
  options: { range: MsSpan; grid: Grid },
): Promise<PartLine[]> {
  const { range, grid } = options;
  if (!(range.fromMs < range.toMs)) {
    return parts.map(part => ({ part, cells: [], line: CountLine.create([]) }));
  }
  const series = new Map(parts.map(part => [part.series.id, part.series]));
  const buckets = await rollups.buckets([...series.values()], {
    fromMs: Math.floor(range.fromMs / grid.widthMs) * grid.widthMs,
    toMs: Math.ceil(range.toMs / grid.widthMs) * grid.widthMs,
    width: grid.width,
  });
  const whole = new Map<ObjectivePart, SliBucket[]>();
  const pieces: Piece[] = [];
  for (const part of parts) {
    const kept: SliBucket[] = [];
    whole.set(part, kept);
    const spans = countedSpans(part, {
      fromMs: Math.floor(range.fromMs / grid.widthMs) * grid.widthMs,
      toMs: Math.ceil(range.toMs / grid.widthMs) * grid.widthMs,
    });
    let first = 0;
    for (const bucket of buckets.get(part.series.id) ?? []) {
      const fromMs = bucket.startMs;
      const toMs = fromMs + grid.widthMs;
      while (first < spans.length && spans[first].toMs <= fromMs) first += 1;
      for (let at = first; at < spans.length; at += 1) {
        const span = spans[at];
        if (span.fromMs >= toMs) break;
        if (span.fromMs <= fromMs && span.toMs >= toMs) kept.push(bucket);
        else {
          pieces.push({
            part,
            bucket,
            span: {
              fromMs: Math.max(fromMs, span.fromMs),
              toMs: Math.min(toMs, span.toMs),
            },
          });
        }
      }
    }
  }
  const read = pieces.slice(0, PIECES_MAX);
  const sums = read.length
    ? await rollups.sums(
        read.map(({ part, span }) => ({ series: part.series, ...span })),
      )
    : [];
  return parts.map(part => {
    const cells: CountCell[] = [
      ...(whole.get(part) ?? []),
      ...read.flatMap((piece, index) =>
        piece.part === part
          ? [{ startMs: piece.bucket.startMs, ...sums[index] }]
          : [],
      ),
    ];
    const counted = grid.width === 'minute' ? withSlices(part, cells) : cells;
    return { part, cells, line: CountLine.create(counted) };
  });
}

/** Minutes know of no slices: these are put together out of them. */
function withSlices(
  part: ObjectivePart,
  minutes: readonly CountCell[],
): readonly CountCell[] {
  const { slice } = part.series;
  if (!slice) return minutes;
  const bare = minutes.map(minute => ({ ...minute, slices: undefined }));
  const byStart = new Map<number, CountCell[]>();
  for (const minute of bare) {
    const start =
      Math.floor(minute.startMs / slice.durationMs) * slice.durationMs;
    byStart.set(start, [...(byStart.get(start) ?? []), minute]);
  }
  const slices = slicesOf(bare, slice.durationMs).map(({ startMs }) => ({
    startMs,
    good: 0,
    total: 0,
    observedMinutes: 0,
    slices: sliceSums(byStart.get(startMs) ?? [], slice),
  }));
  return [...bare, ...slices];
}
