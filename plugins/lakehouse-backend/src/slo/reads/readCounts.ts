import type { MsSpan } from '@lakehouse-ops/plugin-lakehouse-common';
import type { SliSums, SloRollups } from '../rollups/SloRollups';
import { addSums, type CountedPart } from './judgeParts';
import { countedSpans, type ObjectivePart } from './objectiveParts';

const MINUTE_MS = 60_000;

/** What was counted of a part over a time. */
export interface PartCounts extends CountedPart {
  readonly observedMinutes: number;
  /** Minutes that count, whether they were observed or not. */
  readonly minutes: number;
}

/**
 * Counts of parts over times of their own, less what doesn't count. One call
 * of the rollups, however many there are; the answers are in the order asked for.
 */
export async function readCounts(
  rollups: Pick<SloRollups, 'sums'>,
  asked: ReadonlyArray<{ part: ObjectivePart; range: MsSpan }>,
): Promise<PartCounts[]> {
  const requests = asked.map(({ part, range }) =>
    countedSpans(part, range).map(span => ({ series: part.series, ...span })),
  );
  const flat = requests.flat();
  const sums = flat.length ? await rollups.sums(flat) : [];
  let next = 0;
  return asked.map(({ part }, index) => {
    const spans = requests[index];
    const own: SliSums[] = sums.slice(next, next + spans.length);
    next += spans.length;
    return {
      part,
      sums: addSums(own),
      observedMinutes: own.reduce((all, one) => all + one.observedMinutes, 0),
      minutes: minutesIn(spans),
    };
  });
}

export function minutesIn(spans: readonly MsSpan[]): number {
  return spans.reduce(
    (all, { fromMs, toMs }) => all + (toMs - fromMs) / MINUTE_MS,
    0,
  );
}
