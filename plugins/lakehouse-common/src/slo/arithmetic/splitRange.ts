import { DAY_MS, HOUR_MS, MINUTE_MS, type MsSpan, widenSpan } from './MsSpan';

/** A run of buckets of one width. @public */
export interface BucketRun extends MsSpan {
  readonly width: 'minute' | 'hour' | 'day';
}

const WIDTHS = [
  { width: 'day', ms: DAY_MS },
  { width: 'hour', ms: HOUR_MS },
  { width: 'minute', ms: MINUTE_MS },
] as const;

/**
 * Splits a time into runs of day, hour and minute buckets (UTC) that cover it
 * exactly with the fewest buckets: at most five runs, oldest first. The range is
 * widened to whole minutes.
 *
 * @throws InputError when a bound is no finite number.
 * @public
 */
export function splitRange(range: MsSpan): BucketRun[] {
  return split(widenSpan(range), 0);
}

function split({ fromMs, toMs }: MsSpan, level: number): BucketRun[] {
  if (fromMs >= toMs) {
    return [];
  }
  const { width, ms } = WIDTHS[level];
  const first = Math.ceil(fromMs / ms) * ms;
  const last = Math.floor(toMs / ms) * ms;
  if (first >= last) {
    return split({ fromMs, toMs }, level + 1);
  }
  return [
    ...split({ fromMs, toMs: first }, level + 1),
    { fromMs: first, toMs: last, width },
    ...split({ fromMs: last, toMs }, level + 1),
  ];
}
