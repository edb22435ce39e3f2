import {
  sloWindowAt,
  type SloObjectiveView,
  type SloWindowSpan,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SeriesReach, SloRollups, SloSeries } from '../rollups/SloRollups';
import { judgeObjective } from './judgeParts';
import { hasLatency, type LatencySketches } from './LatencySketches';
import { objectiveParts, type ObjectivePart } from './objectiveParts';
import { readCounts, type PartCounts } from './readCounts';
import type { SloStory } from './SloStory';

/** Figures of the objectives of many SLOs, by id; a handful of rounds of SQL however many there are. */
export async function readObjectiveViews(
  {
    rollups,
    sketches,
  }: {
    rollups: Pick<SloRollups, 'sums' | 'reach'>;
    sketches: LatencySketches;
  },
  asked: ReadonlyArray<{ story: SloStory; atMs: number }>,
): Promise<ReadonlyMap<string, SloObjectiveView[]>> {
  const plans = asked.map(({ story, atMs }) => ({
    story,
    window: sloWindowAt(story.slo.definition.window, atMs),
    parts: objectiveParts(story),
  }));
  const flat = plans.flatMap(({ parts, window }) =>
    parts.map(part => ({ part, range: window })),
  );
  const newest = plans.flatMap(({ parts }) => newestParts(parts));
  const timed = plans.flatMap(({ parts, window }) =>
    newestParts(parts)
      .filter(({ series }) => hasLatency(series))
      .map(({ series }) => ({ series, window })),
  );
  const [counts, reach, quantiles] = await Promise.all([
    readCounts(rollups, flat),
    rollups.reach(newest.map(({ series }) => series)),
    sketches.quantiles(timed),
  ]);
  const latencies = new Map(
    quantiles.map((latencyMs, index) => [
      latencyKey(timed[index].series, timed[index].window),
      latencyMs,
    ]),
  );
  let next = 0;
  return new Map(
    plans.map(({ story, window, parts }) => {
      const own = counts.slice(next, next + parts.length);
      next += parts.length;
      return [
        story.slo.id,
        story.slo.definition.objectives.map(({ key }) =>
          objectiveView({
            counts: own.filter(({ part }) => part.key === key),
            window,
            isCalendar: story.slo.definition.window.kind === 'calendar',
            reach,
            latencies,
          }),
        ),
      ];
    }),
  );
}

function newestParts(parts: readonly ObjectivePart[]): ObjectivePart[] {
  return parts.filter(({ toMs }) => toMs === Infinity);
}

function objectiveView(options: {
  counts: readonly PartCounts[];
  window: SloWindowSpan;
  isCalendar: boolean;
  reach: ReadonlyMap<string, SeriesReach>;
  latencies: ReadonlyMap<string, SloObjectiveView['latencyMs']>;
}): SloObjectiveView {
  const { counts, window, isCalendar, reach, latencies } = options;
  const { part } = counts[counts.length - 1];
  const { attainment, budget } = judgeObjective(
    counts,
    isCalendar ? { fromMs: window.fromMs, toMs: window.endMs } : undefined,
  );
  const observed = counts.reduce((sum, one) => sum + one.observedMinutes, 0);
  const minutes = counts.reduce((sum, one) => sum + one.minutes, 0);
  const total = counts.reduce((sum, one) => sum + one.sums.total, 0);
  const countedFromMs = reach.get(part.series.id)?.countedFromMs;
  return {
    objective: part.objective,
    attainment,
    budget,
    // Without a look there was nothing to count, which is not the same as 0.
    ...(observed > 0 && {
      good: counts.reduce((sum, one) => sum + one.sums.good, 0),
      total,
    }),
    coverage: minutes > 0 ? Math.min(1, observed / minutes) : undefined,
    countedFrom:
      countedFromMs === undefined
        ? undefined
        : new Date(countedFromMs).toISOString(),
    latencyMs: latencies.get(latencyKey(part.series, window)),
  };
}

function latencyKey({ id }: SloSeries, { fromMs }: SloWindowSpan): string {
  return `${id}/${fromMs}`;
}
