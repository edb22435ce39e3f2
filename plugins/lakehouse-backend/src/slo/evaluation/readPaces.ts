import type { SliBucket, SloRollups } from '../rollups/SloRollups';
import { newestParts, type EvaluationPlan } from './EvaluationPlan';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Series of one read. */
const BATCH = 1_000;

/** The newest buckets of an SLO's objectives, by the series' id, from which its pace is told. */
export type PaceBuckets = ReadonlyMap<string, readonly SliBucket[]>;

/** Reads them for many SLOs at once: a round of SQL for each length of time there is. */
export async function readPaces(
  rollups: Pick<SloRollups, 'buckets'>,
  plans: readonly EvaluationPlan[],
  nowMs: number,
): Promise<ReadonlyMap<EvaluationPlan, PaceBuckets>> {
  const byPace = new Map<number, EvaluationPlan[]>();
  for (const plan of plans) {
    byPace.set(plan.paceMs, [...(byPace.get(plan.paceMs) ?? []), plan]);
  }
  const answers = new Map<EvaluationPlan, PaceBuckets>();
  for (const [paceMs, group] of byPace) {
    const isHours = paceMs % HOUR_MS === 0 && paceMs > 2 * HOUR_MS;
    const widthMs = isHours ? HOUR_MS : MINUTE_MS;
    const range = {
      fromMs: Math.floor((nowMs - paceMs) / widthMs) * widthMs,
      toMs: Math.ceil(nowMs / widthMs) * widthMs,
      width: isHours ? ('hour' as const) : ('minute' as const),
    };
    for (let start = 0; start < group.length; start += BATCH) {
      const some = group.slice(start, start + BATCH);
      const series = new Map(
        some
          .flatMap(newestParts)
          .map(part => [part.series.id, part.series] as const),
      );
      const buckets = await rollups.buckets([...series.values()], range);
      for (const plan of some) answers.set(plan, buckets);
    }
  }
  return answers;
}
