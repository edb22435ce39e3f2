import type { Knex } from 'knex';
import { readBuckets } from '../reads/readBuckets';
import type { CountedSeries } from '../series/CountedSeries';
import { EVERY_CONNECTION, Marks } from '../series/Marks';
import { RollupDelta } from '../shared/RollupDelta';
import { writeDelta } from '../shared/writeDelta';
import type { MsRange } from '../SloRollups';

/** What was seen in a minute. */
export interface MinuteLook {
  readonly good: number;
  readonly total: number;
}

/** Minutes that were observed, by their start; others of the range were not. */
export type MinuteLooks = ReadonlyMap<number, MinuteLook>;

/** What stands in the minutes of a range from now on. */
export interface Replacement {
  readonly counted: Pick<CountedSeries, 'id' | 'series'>;
  readonly range: MsRange;
  readonly minutes: MinuteLooks;
}

/**
 * Puts looks in place of what stood in their minutes. Hours and days follow by
 * the differences. The caller holds the connection's lock.
 */
export async function replaceMinutes(
  trx: Knex.Transaction,
  replacements: readonly Replacement[],
): Promise<void> {
  const stored = await readBuckets(
    trx,
    replacements.map(({ counted, range }) => ({
      id: counted.id,
      width: 'minute',
      ...range,
    })),
  );
  const delta = new RollupDelta();
  const sliceMs = new Map(
    replacements.map(({ counted }) => [
      counted.id,
      counted.series.slice?.durationMs,
    ]),
  );
  const add = (id: string, minuteMs: number, look: MinuteLook, sign: 1 | -1) =>
    delta.addMinute({ id, sliceMs: sliceMs.get(id) }, minuteMs, {
      good: sign * look.good,
      total: sign * look.total,
      observedMinutes: sign,
    });
  for (const bucket of stored) {
    if (bucket.observedMinutes > 0) add(bucket.id, bucket.startMs, bucket, -1);
  }
  for (const { counted, minutes } of replacements) {
    for (const [minuteMs, look] of minutes) {
      add(counted.id, minuteMs, look, 1);
    }
  }
  const { 'minutes-pruned': minutesFromMs = 0 } = await new Marks(trx).read(
    EVERY_CONNECTION,
  );
  await writeDelta(trx, delta, { minutesFromMs });
}
