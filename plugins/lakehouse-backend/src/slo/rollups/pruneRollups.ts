import type { Knex } from 'knex';
import type { DbNumber } from '../../observations/storable';
import { pruneOldest } from '../../observations/shared/pruneOldest';
import type { CountedSeries } from './series/CountedSeries';
import { EVERY_CONNECTION, Marks } from './series/Marks';
import { SeriesTable } from './series/SeriesTable';
import { lockConnection } from './shared/lockOf';
import { DAY_MS, floorTo, HOUR_MS, WIDTHS } from './shared/widths';

/** Rows of one kind that one call deletes, about. */
const LIMIT = 20_000;
/** How long a series that nobody asks for is kept, as it may come back. */
const ENDED_MS = 3 * DAY_MS;

const TABLES = ['slo_buckets', 'slo_spenders', 'slo_latency_bins'] as const;

/**
 * Deletes counts from before, counts by the minute that are older than told,
 * and series that nobody has asked for in days. Bounded per call; returns how
 * many rows.
 */
export async function pruneRollups(
  db: Knex,
  options: { beforeMs: number; minutesBeforeMs: number; nowMs: number },
): Promise<number> {
  const { beforeMs, minutesBeforeMs, nowMs } = options;
  let deleted = await pruneMinutes(db, Math.max(minutesBeforeMs, beforeMs));
  for (const width of [WIDTHS.hour, WIDTHS.day]) {
    deleted += await pruneBuckets(db, width, beforeMs);
  }
  for (const [table, column] of [
    ['slo_spenders', 'hour_at'],
    ['slo_latency_bins', 'day_at'],
  ] as const) {
    deleted += await pruneOldest(db, {
      table,
      column,
      before: beforeMs,
      limit: LIMIT,
    });
  }
  return deleted + (await pruneSeries(db, nowMs - ENDED_MS));
}

/** Only those whose hours have all their slices: from then on readers go by hours there. */
async function pruneMinutes(db: Knex, beforeMs: number): Promise<number> {
  const [{ dirty }]: Array<{ dirty: DbNumber | null }> = await db('slo_buckets')
    .where('dirty', 1)
    .min({ dirty: 'start_at' });
  const untilMs = Math.min(
    floorTo(beforeMs, HOUR_MS),
    dirty === null ? Infinity : Number(dirty),
  );
  await new Marks(db).raise(EVERY_CONNECTION, 'minutes-pruned', untilMs);
  return pruneBuckets(db, WIDTHS.minute, untilMs);
}

async function pruneBuckets(
  db: Knex,
  width: number,
  beforeMs: number,
): Promise<number> {
  const of = () =>
    db('slo_buckets').where('width', width).where('start_at', '<', beforeMs);
  const row = await of()
    .orderBy('start_at')
    .offset(LIMIT)
    .first<{ start_at: DbNumber } | undefined>('start_at');
  const last = row && Number(row.start_at);
  return last === undefined
    ? of().delete()
    : of().where('start_at', '<=', last).delete();
}

async function pruneSeries(db: Knex, endedBeforeMs: number): Promise<number> {
  const all = await new SeriesTable(db).all();
  let deleted = 0;
  for (const { id, connection } of all.filter(isOver(endedBeforeMs))) {
    if (deleted > LIMIT) break;
    deleted += await db.transaction(async trx => {
      await lockConnection(trx, connection);
      const table = new SeriesTable(trx);
      // It may have come back meanwhile.
      const now = (await table.byId([id])).get(id);
      if (!now || !isOver(endedBeforeMs)(now)) return 0;
      await table.delete(id);
      await new Marks(trx).increase(connection, 'series');
      let rows = 1;
      for (const name of TABLES) {
        rows += await trx(name).where('series_id', id).delete();
      }
      return rows;
    });
  }
  return deleted;
}

function isOver(endedBeforeMs: number) {
  return ({ endedMs }: CountedSeries) =>
    endedMs !== undefined && endedMs < endedBeforeMs;
}
