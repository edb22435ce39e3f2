import type { Knex } from 'knex';
import type { DbNumber } from '../../../observations/storable';
import { gapIn, gapsOf, minutesOf, type LookStore } from '../looks/Look';
import { QUERY_SUBJECTS } from '../looks/markObserved';
import { isPending, type CountedSeries } from '../series/CountedSeries';
import { EVERY_CONNECTION, Marks } from '../series/Marks';
import { SeriesTable } from '../series/SeriesTable';
import { lockConnection } from '../shared/lockOf';
import { DAY_MS, floorTo, MINUTE_MS } from '../shared/widths';
import { writeDelta } from '../shared/writeDelta';
import type { MsRange } from '../SloRollups';
import { countQueries } from './countQueries';

/** Rows that one chunk reads at most, about: the connection's queries are not written meanwhile. */
const ROWS_MAX = 10_000;
/** Rows times series, as each may count for each. */
const WORK = 500_000;
/** Time that one chunk covers at most. */
const CHUNK_MS = DAY_MS;

/**
 * Counts a further part of the past of a connection's query series, the newest
 * first, for all in one pass: with the counts the boundary moves, in one
 * transaction. From then on what comes late to that part is counted as it comes.
 *
 * @returns whether there was anything left
 */
export async function backfillQueries(
  db: Knex,
  options: {
    connection: string;
    ownSource?: string;
    store: Pick<LookStore, 'gaps'>;
    nowMs: number;
  },
): Promise<boolean> {
  const { connection, ownSource, store, nowMs } = options;
  const told = { fromMs: nowMs - 400 * DAY_MS, toMs: nowMs, nowMs };
  const gaps = await gapsOf(store, connection, {
    time: told,
    subjects: QUERY_SUBJECTS,
  });
  return db.transaction(async trx => {
    await lockConnection(trx, connection);
    const table = new SeriesTable(trx);
    const all = await table.ofConnection(connection, ['query', 'scope']);
    const chunk = nextChunk(all);
    if (!chunk) return false;
    const { series, toMs } = chunk;
    const range = {
      fromMs: Math.max(
        chunk.fromMs,
        await fewRows(trx, {
          connection,
          toMs,
          rows: Math.min(ROWS_MAX, Math.ceil(WORK / series.length)),
        }),
      ),
      toMs,
    };
    const delta = await countQueries(trx, {
      connection,
      series,
      ownSource,
      range,
    });
    for (const { kind, id } of series) {
      if (kind !== 'scope') continue;
      for (const minuteMs of minutesOf(range)) {
        if (gapIn(gaps, minuteMs)) continue;
        delta.addMinute({ id }, minuteMs, {
          good: 0,
          total: 0,
          observedMinutes: 1,
        });
      }
    }
    const { 'minutes-pruned': minutesFromMs = 0 } = await new Marks(trx).read(
      EVERY_CONNECTION,
    );
    await writeDelta(trx, delta, { minutesFromMs });
    for (const { id, pendingFromMs = 0 } of series) {
      await table.countFrom(id, {
        countedFromMs: range.fromMs,
        pendingFromMs: pendingFromMs < range.fromMs ? pendingFromMs : undefined,
      });
    }
    // Replicas hold how far each is counted.
    await new Marks(trx).increase(connection, 'series');
    return true;
  });
}

/** Those whose past is known the least, to where others take part. */
function nextChunk(
  all: readonly CountedSeries[],
): (MsRange & { series: CountedSeries[] }) | undefined {
  const pending = all.filter(isPending);
  const toMs = Math.max(...pending.map(({ countedFromMs }) => countedFromMs));
  const series = pending.filter(({ countedFromMs }) => countedFromMs === toMs);
  if (!series.length) return undefined;
  const others = pending
    .map(({ countedFromMs }) => countedFromMs)
    .filter(countedFromMs => countedFromMs < toMs);
  return {
    series,
    toMs,
    fromMs: Math.max(
      toMs - CHUNK_MS,
      ...others,
      ...series.map(({ pendingFromMs = toMs }) => pendingFromMs),
    ),
  };
}

/** From which minute on there are few enough rows; one minute at least. */
async function fewRows(
  trx: Knex.Transaction,
  options: { connection: string; toMs: number; rows: number },
): Promise<number> {
  const { connection, toMs, rows } = options;
  const row = await trx('queries')
    .where('connection', connection)
    .where('ended_at', '<', toMs)
    .orderBy('ended_at', 'desc')
    .offset(rows)
    .first<{ ended_at: DbNumber } | undefined>('ended_at');
  if (!row) return -Infinity;
  const minuteMs = floorTo(Number(row.ended_at), MINUTE_MS) + MINUTE_MS;
  return Math.min(minuteMs, toMs - MINUTE_MS);
}
