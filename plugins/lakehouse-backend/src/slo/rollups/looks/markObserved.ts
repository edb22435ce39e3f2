import type { GapSubject } from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { fromDb, type DbNumber } from '../../../observations/storable';
import { readBuckets } from '../reads/readBuckets';
import type { CountedSeries } from '../series/CountedSeries';
import { Marks } from '../series/Marks';
import { SeriesTable } from '../series/SeriesTable';
import { lockConnection } from '../shared/lockOf';
import { floorTo, MINUTE_MS, WIDTHS } from '../shared/widths';
import { gapIn, gapsOf, minutesOf, type LookStore } from './Look';
import { replaceMinutes, type MinuteLook } from './replaceMinutes';

/** Gaps in which queries end unseen. */
export const QUERY_SUBJECTS: readonly GapSubject[] = [
  'queries',
  'query-events',
];

/** Minutes in which a gap may still become known. */
const NEWEST_MS = 10 * MINUTE_MS;
/** Minutes without a tick that are taken to be as they are now; after more, nobody was there. */
const MISSED_MS = 3 * MINUTE_MS;

const OBSERVED: MinuteLook = { good: 0, total: 0 };

/**
 * Marks in which minutes the queries of a connection were observed: those
 * without a gap in which we were there. A gap that becomes known later takes
 * the mark back.
 */
export async function markObserved(
  db: Knex,
  options: {
    scope: CountedSeries;
    store: Pick<LookStore, 'gaps'>;
    nowMs: number;
  },
): Promise<void> {
  const { scope, store, nowMs } = options;
  const { id, connection, countedFromMs } = scope;
  const currentMs = floorTo(nowMs, MINUTE_MS);
  const time = {
    fromMs: Math.max(countedFromMs, currentMs - NEWEST_MS),
    toMs: currentMs + MINUTE_MS,
    nowMs,
  };
  if (time.fromMs >= time.toMs) return;
  const gaps = await gapsOf(store, connection, {
    time,
    subjects: QUERY_SUBJECTS,
  });
  await db.transaction(async trx => {
    await lockConnection(trx, connection);
    const marks = new Marks(trx);
    const { observed: markedMs = countedFromMs - MINUTE_MS } = await marks.read(
      connection,
    );
    const stored = await readBuckets(trx, [{ id, width: 'minute', ...time }]);
    const known = new Set(
      stored
        .filter(bucket => bucket.observedMinutes > 0)
        .map(({ startMs }) => startMs),
    );
    const wasThere = markedMs >= currentMs - MISSED_MS;
    const minutes = minutesOf(time).filter(
      minuteMs =>
        !gapIn(gaps, minuteMs) &&
        (minuteMs > markedMs
          ? wasThere || minuteMs === currentMs
          : known.has(minuteMs)),
    );
    await replaceMinutes(trx, [
      {
        counted: scope,
        range: time,
        minutes: new Map(minutes.map(minuteMs => [minuteMs, OBSERVED])),
      },
    ]);
    await marks.raise(connection, 'observed', currentMs);
    await new SeriesTable(trx).look(id, {
      minuteMs: await newestObserved(trx, id),
      problem: gapIn(gaps, currentMs)?.reason,
    });
  });
}

async function newestObserved(
  trx: Knex.Transaction,
  id: string,
): Promise<number | undefined> {
  const row = await trx('slo_buckets')
    .where({ series_id: id, width: WIDTHS.minute })
    .where('observed_minutes', '>', 0)
    .orderBy('start_at', 'desc')
    .first<{ start_at: DbNumber } | undefined>('start_at');
  return fromDb(row?.start_at);
}
