import type { Knex } from 'knex';
import type { DbNumber } from '../../../observations/storable';
import { groupsOf, inTurn } from '../looks/groups';
import { replacementsOf, type MinuteLooker } from '../looks/MinuteLooker';
import { replaceMinutes } from '../looks/replaceMinutes';
import { isPending, type CountedSeries } from '../series/CountedSeries';
import { SeriesTable } from '../series/SeriesTable';
import { lockConnection } from '../shared/lockOf';
import { HOUR_MS, WIDTHS } from '../shared/widths';

/** Points that one question to Prometheus asks for stay well below what servers give. */
const CHUNK_MS = 8 * HOUR_MS;
/** Series that are looked at together. */
const TOGETHER = 50;

/**
 * Looks at a further part of the past of what is kept over time, the newest
 * first. What can't be asked now is asked again the next time.
 *
 * @returns whether there was anything left
 */
export async function backfillLooks(
  db: Knex,
  options: { looker: MinuteLooker; nowMs: number; signal: AbortSignal },
): Promise<boolean> {
  const { looker, nowMs, signal } = options;
  const all = await new SeriesTable(db).ofKinds(['look', 'prometheus']);
  let moved = false;
  for (const group of groupsOf(all.filter(isPending))) {
    if (signal.aborted) break;
    const together = inTurn(group, nowMs).slice(0, TOGETHER);
    const results = await looker.lookAt(together, {
      timeOf: ({ countedFromMs, pendingFromMs = countedFromMs }) => ({
        fromMs: Math.max(pendingFromMs, countedFromMs - CHUNK_MS),
        toMs: countedFromMs,
        nowMs,
      }),
      signal,
    });
    const seen = together.flatMap(counted => {
      const result = results.get(counted.id);
      return result && !result.failed ? [{ counted, ...result.range }] : [];
    });
    if (!seen.length) continue;
    moved = true;
    await db.transaction(async trx => {
      await lockConnection(trx, group[0].connection);
      await replaceMinutes(trx, replacementsOf(together, results));
      for (const { counted, fromMs } of seen) {
        await moveBoundary(trx, counted, fromMs);
      }
    });
  }
  return moved;
}

/** At the end the boundary is where anything was first observed: before, nothing is kept. */
async function moveBoundary(
  trx: Knex.Transaction,
  { id, pendingFromMs = 0, countedFromMs }: CountedSeries,
  fromMs: number,
) {
  const table = new SeriesTable(trx);
  if (pendingFromMs < fromMs) {
    await table.countFrom(id, { countedFromMs: fromMs, pendingFromMs });
    return;
  }
  const [{ first }]: Array<{ first: DbNumber | null }> = await trx(
    'slo_buckets',
  )
    .where({ series_id: id, width: WIDTHS.minute })
    .where('observed_minutes', '>', 0)
    .min({ first: 'start_at' });
  await table.countFrom(id, {
    countedFromMs: first === null ? countedFromMs : Number(first),
  });
}
