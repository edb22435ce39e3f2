import type { Knex } from 'knex';
import { scopeOf, type CountedSeries } from '../series/CountedSeries';
import { EVERY_CONNECTION, Marks } from '../series/Marks';
import { SeriesTable } from '../series/SeriesTable';
import { countSlices } from '../slices/countSlices';
import { planSlices, type SlicePlan } from '../slices/planSlices';
import { slicesIn, sumSlices, type SliceFigures } from '../slices/sliceFigures';
import type { MsRange, SliSums, SloSeries } from '../SloRollups';
import { correctDirtyHours } from './dirtyHours';
import { SegmentBatch } from './SegmentBatch';
import { tellable } from './segmentsOf';
import type { SegmentSums } from './sumSegments';

const NOTHING: SliSums = { good: 0, total: 0, observedMinutes: 0 };

type Sum = (read: readonly SegmentSums[]) => SegmentSums;

interface SlicedRequest {
  readonly series: SloSeries;
  readonly slice: NonNullable<SloSeries['slice']>;
  readonly plan: SlicePlan;
  readonly settled?: Sum;
  readonly partial?: Sum;
}

/** Id of the series that tells in which minutes a series was observed. */
export function observedBy({ id, kind, connection }: CountedSeries): string {
  return kind === 'query' ? scopeOf(connection) : id;
}

/** Sums of series over ranges, however many, in a few statements. */
export async function readSums(
  db: Knex,
  requests: ReadonlyArray<{ series: SloSeries } & MsRange>,
): Promise<SliSums[]> {
  const [known, marks] = await Promise.all([
    new SeriesTable(db).byId([...new Set(requests.map(r => r.series.id))]),
    new Marks(db).read(EVERY_CONNECTION),
  ]);
  const minutesFromMs = marks['minutes-pruned'] ?? 0;
  const batch = new SegmentBatch();
  const asked = requests.map(({ series, ...range }) => {
    const counted = known.get(series.id);
    if (!counted) return undefined;
    const told = tellable(
      { ...range, fromMs: Math.max(range.fromMs, counted.countedFromMs) },
      minutesFromMs,
    );
    return {
      counts: batch.add(series.id, told),
      observed: batch.add(observedBy(counted), told),
      sliced: addSlices(batch, series, told, minutesFromMs),
    };
  });
  const read = await batch.read(db);
  const slices = await readSlices(
    db,
    asked.flatMap(one => one?.sliced ?? []),
    { read, minutesFromMs },
  );
  return asked.map(one => {
    if (!one) return NOTHING;
    const { good, total } = one.counts(read);
    const { observedMinutes } = one.observed(read);
    const figures = one.sliced && slices.get(one.sliced);
    return {
      good,
      total,
      observedMinutes,
      ...(figures && { slices: figures }),
    };
  });
}

function addSlices(
  batch: SegmentBatch,
  series: SloSeries,
  range: MsRange,
  minutesFromMs: number,
): SlicedRequest | undefined {
  const { slice } = series;
  if (!slice) return undefined;
  const plan = planSlices(range, slice.durationMs, minutesFromMs);
  return {
    series,
    slice,
    plan,
    settled: plan.settled && batch.add(series.id, plan.settled),
    partial: plan.partial && batch.add(series.id, plan.partial),
  };
}

async function readSlices(
  db: Knex,
  requests: readonly SlicedRequest[],
  told: { read: readonly SegmentSums[]; minutesFromMs: number },
): Promise<ReadonlyMap<SlicedRequest, SliceFigures>> {
  const { read, minutesFromMs } = told;
  const corrections = await correctDirtyHours(
    db,
    requests.flatMap(({ series, plan }) =>
      plan.settled ? [{ series, ...plan.settled }] : [],
    ),
    minutesFromMs,
  );
  const anew = requests.flatMap(request =>
    request.plan.anew.map(range => ({ request, range })),
  );
  const counted = await countSlices(
    db,
    anew.map(({ request, range }) => ({
      id: request.series.id,
      slice: request.slice,
      ...range,
    })),
  );
  const counts = new Map<SlicedRequest, SliceFigures[]>();
  anew.forEach(({ request }, place) => {
    const of = counts.get(request) ?? [];
    of.push(...counted[place].values());
    counts.set(request, of);
  });
  return new Map(
    requests.map(request => [
      request,
      sumSlices([
        ...settledSlices(request, read),
        ...corrections
          .filter(({ id, hourMs }) => isIn(request, id, hourMs))
          .map(({ figures }) => figures),
        ...(counts.get(request) ?? []),
        ...partialSlice(request, read),
      ]),
    ]),
  );
}

function isIn({ series, plan }: SlicedRequest, id: string, hourMs: number) {
  const { settled } = plan;
  return (
    settled !== undefined &&
    series.id === id &&
    hourMs >= settled.fromMs &&
    hourMs < settled.toMs
  );
}

function settledSlices(
  { settled }: SlicedRequest,
  read: readonly SegmentSums[],
): SliceFigures[] {
  const sums = settled?.(read);
  if (!sums) return [];
  return [
    {
      good: sums.slicesGood,
      total: sums.slicesTotal,
      ratioSum: sums.slicesRatio,
    },
  ];
}

function partialSlice(
  { partial, plan, slice }: SlicedRequest,
  read: readonly SegmentSums[],
): SliceFigures[] {
  const sums = partial?.(read);
  if (!sums || !plan.partial) return [];
  const { good, total } = sums;
  const part = { startMs: plan.partial.fromMs, good, total };
  return [...slicesIn([part], slice, plan.partial).values()];
}
