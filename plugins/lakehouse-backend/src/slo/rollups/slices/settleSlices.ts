import type { Knex } from 'knex';
import { sqlDialect, type SqlType } from '../../../observations/dialect';
import type { DbNumber } from '../../../observations/storable';
import { readBuckets } from '../reads/readBuckets';
import { EVERY_CONNECTION, Marks } from '../series/Marks';
import { SeriesTable } from '../series/SeriesTable';
import { lockConnection } from '../shared/lockOf';
import {
  DAY_MS,
  floorTo,
  HOUR_MS,
  MINUTE_MS,
  WIDTHS,
  type Width,
} from '../shared/widths';
import { countSlices, hourOf } from './countSlices';
import { isTellable } from './planSlices';
import {
  lessSlices,
  NO_SLICES,
  slicesOfBucket,
  sumSlices,
  type SliceFigures,
} from './sliceFigures';

/** Hours that one call settles at most. */
const HOURS_MAX = 1_000;
/** Hours that it looks at: some wait for the end of a long slice. */
const LOOKED_AT_MAX = 20_000;
/** An hour is over when its last slice is, and this long more. */
const LATE_MS = 2 * MINUTE_MS;

const SLICE_COLUMNS = ['slices_good', 'slices_total', 'slices_ratio'] as const;

const COLUMNS: ReadonlyArray<readonly [string, SqlType]> = [
  ['series_id', 'text'],
  ['width', 'integer'],
  ['start_at', 'integer'],
  ['good', 'real'],
  ['total', 'real'],
  ['observed_minutes', 'integer'],
  ...SLICE_COLUMNS.map(name => [name, 'real'] as const),
];

/** What is to be added to the slices that are kept of hours and days. */
class SliceChanges {
  readonly #rows = new Map<string, { key: object; figures: SliceFigures }>();

  add(id: string, width: Width, startMs: number, figures: SliceFigures) {
    const place = `${id} ${width} ${startMs}`;
    const known = this.#rows.get(place);
    this.#rows.set(place, {
      key: { series_id: id, width: WIDTHS[width], start_at: startMs },
      figures: known ? sumSlices([known.figures, figures]) : figures,
    });
  }

  async write(trx: Knex.Transaction) {
    const names = COLUMNS.map(([name]) => name).join(', ');
    const { select, from } = sqlDialect(trx).rowsOfJson(COLUMNS);
    const sets = SLICE_COLUMNS.map(
      name => `${name} = slo_buckets.${name} + excluded.${name}`,
    );
    const rows = [...this.#rows.values()].map(({ key, figures }) => ({
      ...key,
      good: 0,
      total: 0,
      observed_minutes: 0,
      slices_good: figures.good,
      slices_total: figures.total,
      slices_ratio: figures.ratioSum,
    }));
    if (!rows.length) return;
    // "WHERE true" keeps SQLite from reading ON CONFLICT as a join's ON.
    await trx.raw(
      `INSERT INTO slo_buckets (${names}) SELECT ${select} FROM ${from} WHERE true ` +
        `ON CONFLICT (series_id, width, start_at) DO UPDATE SET ${sets.join(
          ', ',
        )}, dirty = 0`,
      [JSON.stringify(rows)],
    );
  }
}

/**
 * Keeps the slices of hours that are over, and that changed since they were
 * kept last, with their hour and day. Returns how many hours.
 */
export async function settleSlices(db: Knex, nowMs: number): Promise<number> {
  const rows: Array<{ series_id: string; start_at: DbNumber }> = await db(
    'slo_buckets',
  )
    .where('dirty', 1)
    .where('start_at', '<=', nowMs - HOUR_MS - LATE_MS)
    .orderBy('start_at')
    .limit(LOOKED_AT_MAX)
    .select('series_id', 'start_at');
  const known = await new SeriesTable(db).byId([
    ...new Set(rows.map(row => row.series_id)),
  ]);
  const byConnection = new Map<string, DirtyHour[]>();
  let chosen = 0;
  for (const row of rows) {
    if (chosen >= HOURS_MAX) break;
    const counted = known.get(row.series_id);
    const slice = counted?.series.slice;
    if (!counted || !slice) continue;
    const hourMs = Number(row.start_at);
    if (hourMs + HOUR_MS + slice.durationMs + LATE_MS > nowMs) continue;
    const of = byConnection.get(counted.connection) ?? [];
    byConnection.set(counted.connection, of);
    of.push({ id: counted.id, slice, hourMs });
    chosen += 1;
  }
  for (const [connection, hours] of byConnection) {
    await db.transaction(trx => settleHours(trx, connection, hours));
  }
  return chosen;
}

interface DirtyHour {
  readonly id: string;
  readonly slice: { readonly durationMs: number; readonly target?: number };
  readonly hourMs: number;
}

async function settleHours(
  trx: Knex.Transaction,
  connection: string,
  hours: readonly DirtyHour[],
): Promise<void> {
  await lockConnection(trx, connection);
  const { 'minutes-pruned': minutesFromMs = 0 } = await new Marks(trx).read(
    EVERY_CONNECTION,
  );
  const stored = await readBuckets(
    trx,
    hours.map(({ id, hourMs }) => ({ id, width: 'hour', ...hourOf(hourMs) })),
  );
  const kept = new Map(stored.map(one => [`${one.id} ${one.startMs}`, one]));
  const anew = await countSlices(
    trx,
    hours.map(({ id, slice, hourMs }) => ({ id, slice, ...hourOf(hourMs) })),
  );
  const changes = new SliceChanges();
  hours.forEach(({ id, slice, hourMs }, place) => {
    const bucket = kept.get(`${id} ${hourMs}`);
    const before = bucket ? slicesOfBucket(bucket) : NO_SLICES;
    // Where minutes are gone nothing can be told anew: what is kept stands.
    const now = isTellable(slice.durationMs, hourMs, minutesFromMs)
      ? sumSlices(anew[place].values())
      : before;
    const figures = lessSlices(now, before);
    changes.add(id, 'hour', hourMs, figures);
    changes.add(id, 'day', floorTo(hourMs, DAY_MS), figures);
  });
  await changes.write(trx);
}
