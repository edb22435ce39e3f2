import type { Knex } from 'knex';
import { countSlices, hourOf } from '../slices/countSlices';
import { isTellable } from '../slices/planSlices';
import {
  lessSlices,
  slicesOfBucket,
  sumSlices,
  type SliceFigures,
} from '../slices/sliceFigures';
import type { MsRange, SloSeries } from '../SloRollups';
import { readBuckets } from './readBuckets';

/** What is to be added to the slices that are kept of an hour. */
export interface SliceCorrection {
  readonly id: string;
  readonly hourMs: number;
  readonly figures: SliceFigures;
}

/** Tells for hours that changed since their slices were settled what these are now. */
export async function correctDirtyHours(
  db: Knex,
  asked: ReadonlyArray<{ series: SloSeries } & MsRange>,
  minutesFromMs: number,
): Promise<SliceCorrection[]> {
  const sliced = new Map(
    asked.flatMap(({ series }) =>
      series.slice ? [[series.id, series.slice] as const] : [],
    ),
  );
  const ranges = new Map(
    asked.map(({ series, fromMs, toMs }) => [
      `${series.id} ${fromMs} ${toMs}`,
      { id: series.id, width: 'hour' as const, fromMs, toMs },
    ]),
  );
  const found = await readBuckets(db, [...ranges.values()], {
    dirtyOnly: true,
  });
  const dirty = new Map(
    found.map(bucket => [`${bucket.id} ${bucket.startMs}`, bucket]),
  );
  const hours = [...dirty.values()].flatMap(bucket => {
    const slice = sliced.get(bucket.id);
    return slice && isTellable(slice.durationMs, bucket.startMs, minutesFromMs)
      ? [{ bucket, slice }]
      : [];
  });
  const anew = await countSlices(
    db,
    hours.map(({ bucket, slice }) => ({
      id: bucket.id,
      slice,
      ...hourOf(bucket.startMs),
    })),
  );
  return hours.map(({ bucket }, place) => ({
    id: bucket.id,
    hourMs: bucket.startMs,
    figures: lessSlices(
      sumSlices(anew[place].values()),
      slicesOfBucket(bucket),
    ),
  }));
}
