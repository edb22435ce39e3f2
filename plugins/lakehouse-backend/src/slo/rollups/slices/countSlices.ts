import type { Knex } from 'knex';
import { readBuckets } from '../reads/readBuckets';
import { HOUR_MS } from '../shared/widths';
import type { MsRange, SloSeries } from '../SloRollups';
import { coveredBy, partWidth } from './planSlices';
import { slicesIn, type SliceFigures } from './sliceFigures';

/** Slices that begin in a range. */
export interface SliceRequest extends MsRange {
  readonly id: string;
  readonly slice: NonNullable<SloSeries['slice']>;
}

/** Puts slices together anew from minutes or hours: by request, figures by start of the slice. */
export async function countSlices(
  db: Knex,
  requests: readonly SliceRequest[],
): Promise<Array<ReadonlyMap<number, SliceFigures>>> {
  const ranges = new Map(
    requests.map(request => {
      const range = coveredBy(request, request.slice.durationMs);
      const width = partWidth(request.slice.durationMs);
      const key = `${request.id} ${width} ${range.fromMs} ${range.toMs}`;
      return [key, { id: request.id, width, ...range }];
    }),
  );
  const parts = new Map<string, SlicePartsOf>();
  for (const width of ['minute', 'hour'] as const) {
    const stored = await readBuckets(
      db,
      [...ranges.values()].filter(range => range.width === width),
    );
    for (const bucket of stored) {
      const key = `${bucket.id} ${width}`;
      const of = parts.get(key) ?? new Map();
      of.set(bucket.startMs, bucket);
      parts.set(key, of);
    }
  }
  return requests.map(({ id, slice, ...range }) => {
    const of = parts.get(`${id} ${partWidth(slice.durationMs)}`);
    const covered = coveredBy(range, slice.durationMs);
    const within = [...(of?.values() ?? [])].filter(
      ({ startMs }) => startMs >= covered.fromMs && startMs < covered.toMs,
    );
    return slicesIn(within, slice, range);
  });
}

type SlicePartsOf = Map<
  number,
  { startMs: number; good: number; total: number }
>;

export function hourOf(hourMs: number): MsRange {
  return { fromMs: hourMs, toMs: hourMs + HOUR_MS };
}
