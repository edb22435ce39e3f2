import {
  splitRange,
  type BucketRun,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { ceilTo, floorTo, HOUR_MS, MINUTE_MS } from '../shared/widths';
import type { MsRange } from '../SloRollups';

/** A part of a range that is summed from buckets of one width. */
export type Segment = BucketRun;

/**
 * A range as it can be told: whole minutes, wider rather than narrower; and
 * whole hours where minutes are gone. There both ends move back, so that
 * ranges that meet still meet and nothing is counted twice.
 */
export function tellable(range: MsRange, minutesFromMs: number): MsRange {
  const end = (ms: number) => (ms < minutesFromMs ? floorTo(ms, HOUR_MS) : ms);
  return {
    fromMs: end(floorTo(range.fromMs, MINUTE_MS)),
    toMs: end(ceilTo(range.toMs, MINUTE_MS)),
  };
}

/** The fewest buckets that make up a range. */
export function segmentsOf(range: MsRange): Segment[] {
  return range.fromMs < range.toMs ? splitRange(range) : [];
}
