import type { Knex } from 'knex';
import type { DbNumber } from '../../../observations/storable';
import { countQueries } from '../backfill/countQueries';
import { hasHistory } from '../looks/hasHistory';
import { lockConnection } from '../shared/lockOf';
import { ceilTo, floorTo, HOUR_MS, MINUTE_MS } from '../shared/widths';
import { writeDelta } from '../shared/writeDelta';
import type { SloSeries } from '../SloRollups';
import {
  FAR_MS,
  kindOf,
  scopeOf,
  type CountedSeries,
  type SeriesKind,
} from './CountedSeries';
import { Marks } from './Marks';
import { SeriesTable } from './SeriesTable';

/** What ended this long before a series began still falls into its own minute when it comes late. */
const LATE_MS = HOUR_MS;

const KINDS: readonly SeriesKind[] = ['query', 'look', 'prometheus', 'scope'];

/** How a connection's series change. */
export interface SeriesUpdate {
  readonly connection: string;
  /** All that are wanted of the connection. */
  readonly wanted: readonly SloSeries[];
  readonly ownSource?: string;
  readonly nowMs: number;
  /** How far back is counted at most. */
  readonly backfillMs: number;
}

/**
 * Makes known which series of a connection are wanted, from one moment on for
 * all replicas. New ones are counted from this minute on at once; what was
 * before is left to backfilling. Those that are not wanted any more are only
 * marked: they go on being counted for a while, so that nothing is lost when
 * they come back.
 */
export async function updateSeries(
  db: Knex,
  update: SeriesUpdate,
): Promise<void> {
  const { connection, nowMs } = update;
  await db.transaction(async trx => {
    await lockConnection(trx, connection);
    const table = new SeriesTable(trx);
    const wanted = await allWanted(trx, update);
    const known = new Map(
      (await table.ofConnection(connection, KINDS)).map(one => [one.id, one]),
    );
    for (const one of known.values()) {
      const isWanted = wanted.some(({ id }) => id === one.id);
      if (isWanted && one.endedMs !== undefined) {
        await table.end(one.id, undefined);
      } else if (!isWanted && one.endedMs === undefined) {
        await table.end(one.id, nowMs);
      }
    }
    const added = wanted.filter(({ id }) => !known.has(id));
    for (const one of added) await table.add(one);
    await countFromNow(trx, update, added);
    await new Marks(trx).increase(connection, 'series');
  });
}

/** Each as it begins, and the minutes in which queries are observed, where there are queries to count. */
async function allWanted(
  trx: Knex.Transaction,
  { connection, wanted, nowMs, backfillMs }: SeriesUpdate,
): Promise<CountedSeries[]> {
  const countedFromMs = floorTo(nowMs, MINUTE_MS);
  const furthestMs = floorTo(nowMs - backfillMs, HOUR_MS);
  const { 'queries-pruned': prunedMs = 0 } = await new Marks(trx).read(
    connection,
  );
  const reachesMs = Math.max(furthestMs, ceilTo(prunedMs, MINUTE_MS));
  const oldestMs = await oldestQueryMs(trx, connection);
  const lateMs = floorTo(nowMs - LATE_MS, HOUR_MS);
  const pendingFrom = (kind: SeriesKind, series: SloSeries) => {
    switch (kind) {
      case 'query':
        return Math.max(reachesMs, Math.min(oldestMs ?? lateMs, lateMs));
      case 'scope':
        return oldestMs && Math.max(reachesMs, oldestMs);
      default:
        return hasHistory(series) ? furthestMs : undefined;
    }
  };
  const begin = (id: string, kind: SeriesKind, series: SloSeries) => ({
    id,
    connection,
    kind,
    series,
    countedFromMs,
    pendingFromMs: pendingFrom(kind, series),
  });
  const all = wanted.map(series => begin(series.id, kindOf(series), series));
  const first = all.find(({ kind }) => kind === 'query');
  if (!first) return all;
  const id = scopeOf(connection);
  const { source } = first.series;
  return [...all, begin(id, 'scope', { id, source })];
}

async function oldestQueryMs(
  trx: Knex.Transaction,
  connection: string,
): Promise<number | undefined> {
  const [{ oldest }]: Array<{ oldest: DbNumber | null }> = await trx('queries')
    .where('connection', connection)
    .min({ oldest: 'ended_at' });
  return oldest === null ? undefined : floorTo(Number(oldest), MINUTE_MS);
}

async function countFromNow(
  trx: Knex.Transaction,
  { connection, ownSource, nowMs }: SeriesUpdate,
  added: readonly CountedSeries[],
) {
  const series = added.filter(({ kind }) => kind === 'query');
  if (!series.length) return;
  const delta = await countQueries(trx, {
    connection,
    series,
    ownSource,
    range: { fromMs: floorTo(nowMs, MINUTE_MS), toMs: FAR_MS },
  });
  const { 'minutes-pruned': minutesFromMs = 0 } = await new Marks(trx).read(
    connection,
  );
  await writeDelta(trx, delta, { minutesFromMs });
}
