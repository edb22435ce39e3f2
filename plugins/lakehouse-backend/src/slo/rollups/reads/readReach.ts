import type { Knex } from 'knex';
import { isPending } from '../series/CountedSeries';
import { SeriesTable } from '../series/SeriesTable';
import type { SeriesReach, SloSeries } from '../SloRollups';
import { observedBy } from './readSums';

/** How far the counting of each series reaches; of those that are not counted yet too. */
export async function readReach(
  db: Knex,
  series: readonly SloSeries[],
): Promise<ReadonlyMap<string, SeriesReach>> {
  const table = new SeriesTable(db);
  const known = await table.byId(series.map(({ id }) => id));
  const observers = await table.byId([
    ...new Set([...known.values()].map(observedBy)),
  ]);
  return new Map(
    series.map(({ id }): [string, SeriesReach] => {
      const counted = known.get(id);
      if (!counted) return [id, { backfilling: false }];
      const observer = observers.get(observedBy(counted));
      return [
        id,
        {
          // Of what was not observed, a count tells nothing.
          countedFromMs: Math.max(
            counted.countedFromMs,
            observer?.countedFromMs ?? -Infinity,
          ),
          backfilling: isPending(counted),
          lastObservedMs: observer?.observedMs,
          problem: counted.problem ?? observer?.problem,
        },
      ];
    }),
  );
}
