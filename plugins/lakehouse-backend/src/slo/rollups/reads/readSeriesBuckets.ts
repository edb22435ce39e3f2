import { InputError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { CountedSeries } from '../series/CountedSeries';
import { EVERY_CONNECTION, Marks } from '../series/Marks';
import { SeriesTable } from '../series/SeriesTable';
import { countSlices } from '../slices/countSlices';
import {
  slicesOfBucket,
  sumSlices,
  type SliceFigures,
} from '../slices/sliceFigures';
import {
  ceilTo,
  floorTo,
  MINUTE_MS,
  WIDTH_MS,
  type Width,
} from '../shared/widths';
import type { MsRange, SliBucket, SloSeries } from '../SloRollups';
import { correctDirtyHours } from './dirtyHours';
import { readBuckets, type StoredBucket } from './readBuckets';
import { observedBy } from './readSums';

const BUCKETS_MAX = 50_000;
/** Smaller totals are what rounding leaves of fractions taken away again. */
const NOTHING = 1e-9;

interface Figures {
  good: number;
  total: number;
  observedMinutes: number;
  slices: SliceFigures[];
}

/**
 * Buckets of series, oldest first, by series.
 *
 * @throws InputError when there are more than 50,000
 */
export async function readSeriesBuckets(
  db: Knex,
  series: readonly SloSeries[],
  request: MsRange & { width: Width },
): Promise<ReadonlyMap<string, SliBucket[]>> {
  const { width } = request;
  const known = await new SeriesTable(db).byId(series.map(({ id }) => id));
  const counted = [...known.values()];
  const range = {
    fromMs: floorTo(request.fromMs, WIDTH_MS[width]),
    toMs: ceilTo(request.toMs, WIDTH_MS[width]),
  };
  const ids = new Set(counted.flatMap(one => [one.id, observedBy(one)]));
  const stored = await readBuckets(
    db,
    [...ids].map(id => ({ id, width, ...range })),
    { limit: BUCKETS_MAX + 1 },
  );
  if (stored.length > BUCKETS_MAX) {
    throw new InputError(
      `There are more than ${BUCKETS_MAX} buckets of a ${width} in that time; ask for less time, fewer series or wider buckets`,
    );
  }
  const byId = new Map<string, StoredBucket[]>();
  for (const bucket of stored) {
    const of = byId.get(bucket.id);
    if (of) of.push(bucket);
    else byId.set(bucket.id, [bucket]);
  }
  const sliced = await readSlices(db, series, { ...range, width });
  return new Map(
    counted.map(one => [
      one.id,
      merge({
        counts: byId.get(one.id) ?? [],
        observed: byId.get(observedBy(one)) ?? [],
        slices: sliced.get(one.id),
        fromMs: floorTo(
          Math.max(range.fromMs, one.countedFromMs),
          WIDTH_MS[width],
        ),
        counted: one,
        width,
      }),
    ]),
  );
}

/** Slices to be added to what is kept, by series and start of their bucket. */
async function readSlices(
  db: Knex,
  series: readonly SloSeries[],
  { width, ...range }: MsRange & { width: Width },
): Promise<ReadonlyMap<string, Map<number, SliceFigures[]>>> {
  const slices = new Map<string, Map<number, SliceFigures[]>>();
  const add = (id: string, startMs: number, figures: SliceFigures) => {
    const of = slices.get(id) ?? new Map<number, SliceFigures[]>();
    slices.set(id, of);
    const bucketMs = floorTo(startMs, WIDTH_MS[width]);
    of.set(bucketMs, [...(of.get(bucketMs) ?? []), figures]);
  };
  if (width === 'minute') {
    const requests = series.flatMap(({ id, slice }) =>
      slice ? [{ id, slice, ...range }] : [],
    );
    const counted = await countSlices(db, requests);
    counted.forEach((figures, place) => {
      for (const [startMs, one] of figures) {
        add(requests[place].id, startMs, one);
      }
    });
    return slices;
  }
  const marks = await new Marks(db).read(EVERY_CONNECTION);
  const corrections = await correctDirtyHours(
    db,
    series.flatMap(one => (one.slice ? [{ series: one, ...range }] : [])),
    marks['minutes-pruned'] ?? 0,
  );
  for (const { id, hourMs, figures } of corrections) add(id, hourMs, figures);
  return slices;
}

function merge(options: {
  counts: readonly StoredBucket[];
  observed: readonly StoredBucket[];
  slices?: ReadonlyMap<number, readonly SliceFigures[]>;
  fromMs: number;
  counted: CountedSeries;
  width: Width;
}): SliBucket[] {
  const { counts, observed, slices, fromMs, counted, width } = options;
  const hasSlices = counted.series.slice !== undefined;
  const merged = new Map<number, Figures>();
  const at = (startMs: number): Figures => {
    const known = merged.get(startMs);
    if (known) return known;
    const figures = { good: 0, total: 0, observedMinutes: 0, slices: [] };
    merged.set(startMs, figures);
    return figures;
  };
  for (const bucket of counts) {
    const figures = at(bucket.startMs);
    figures.good = bucket.good;
    figures.total = bucket.total;
    figures.slices.push(slicesOfBucket(bucket));
  }
  for (const bucket of observed) {
    at(bucket.startMs).observedMinutes = bucket.observedMinutes;
  }
  for (const [startMs, figures] of slices ?? []) {
    at(startMs).slices.push(...figures);
  }
  const { countedFromMs } = counted;
  return [...merged]
    .map(([startMs, { good, total, observedMinutes, slices: all }]) => ({
      startMs,
      good,
      total,
      observedMinutes: clipObserved(observedMinutes, {
        startMs,
        width,
        countedFromMs,
      }),
      // A slice may begin in a bucket that has nothing else to tell.
      ...(hasSlices && { slices: sumSlices(all) }),
    }))
    .filter(
      ({ startMs, total, observedMinutes, slices: sums }) =>
        startMs >= fromMs &&
        (total > NOTHING ||
          observedMinutes > 0 ||
          (sums !== undefined && sums.total > NOTHING)),
    )
    .sort((a, b) => a.startMs - b.startMs);
}

/** Minutes before a series was counted are not its own, though its connection was observed in them. */
function clipObserved(
  observedMinutes: number,
  options: { startMs: number; width: Width; countedFromMs: number },
): number {
  const { startMs, width, countedFromMs } = options;
  const countedMs = startMs + WIDTH_MS[width] - countedFromMs;
  return Math.min(observedMinutes, Math.max(0, countedMs / MINUTE_MS));
}
