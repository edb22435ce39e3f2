import {
  attain,
  goodShareOfBins,
  toBaseUnit,
  type LatencyBin,
  type MsSpan,
  type SloWhatIf,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SloRollups } from '../rollups/SloRollups';
import type { ObjectivePart } from './objectiveParts';

const DAY_MS = 86_400_000;
/** Sketches of whole days are read one piece of time after the other: so many pieces. */
const PIECES_MAX = 30;

/**
 * What another latency threshold would have meant, from the sketches: whole
 * days (UTC), times that don't count included, and a guess within the one bin
 * that the threshold falls into.
 */
export async function whatIfThreshold(options: {
  rollups: Pick<SloRollups, 'latencyBins'>;
  part: ObjectivePart;
  target: number;
  threshold: number;
  range: MsSpan;
  isCalendar: boolean;
}): Promise<SloWhatIf> {
  const { rollups, part, target, threshold, range } = options;
  const unit = part.objective.threshold?.unit ?? 'ms';
  const thresholdMs = toBaseUnit({ value: threshold, unit });
  const pieces = daysOf(range);
  const bins = await rollups.latencyBins(
    pieces.map(piece => ({ series: part.series, ...piece })),
  );
  const counted = bins.map(of => goodShareOfBins(of, thresholdMs));
  const all = goodShareOfBins(
    bins.flatMap((of): LatencyBin[] => of),
    thresholdMs,
  );
  const asked = { target, threshold, alerts: [] };
  if (!all) {
    return {
      ...asked,
      points: [],
      note: 'No latency was kept in the window of the budget.',
    };
  }
  const judged = judge(target, { share: all.share, total: all.total });
  let good = 0;
  let total = 0;
  const points = pieces.map(({ toMs }, index) => {
    const one = counted[index];
    total += one?.total ?? 0;
    good += one ? one.share * one.total : 0;
    return {
      at: new Date(Math.min(toMs, range.toMs)).toISOString(),
      remaining: total
        ? judge(target, { share: good / total, total }).remaining
        : undefined,
    };
  });
  const percent = (share: number) =>
    `${Number((share * 100).toPrecision(5))} %`;
  return {
    ...asked,
    ...judged,
    points,
    note: `From sketches of whole days: attainment is surely between ${percent(
      all.low,
    )} and ${percent(
      all.high,
    )}. The line counts from the window's beginning. How often alerts would have fired is not told for another threshold.`,
  };
}

function judge(
  target: number,
  { share, total }: { share: number; total: number },
): { attainment?: number; remaining?: number } {
  const { attainment, budget } = attain({
    method: 'Occurrences',
    target,
    sums: { good: share * total, total },
  });
  return { attainment, remaining: budget?.remaining };
}

function daysOf({ fromMs, toMs }: MsSpan): MsSpan[] {
  const firstMs = Math.floor(fromMs / DAY_MS) * DAY_MS;
  const days = Math.max(1, Math.ceil((toMs - firstMs) / DAY_MS));
  const stepMs = Math.ceil(days / PIECES_MAX) * DAY_MS;
  const pieces: MsSpan[] = [];
  for (let atMs = firstMs; atMs < toMs; atMs += stepMs) {
    pieces.push({ fromMs: atMs, toMs: atMs + stepMs });
  }
  return pieces;
}
