import {
  quantileOfBins,
  sloWindowAt,
  type SloObjectiveView,
  type SloWindowSpan,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { SeriesReach, SloRollups, SloSeries } from '../rollups/SloRollups';
import { judgeObjective } from './judgeParts';
import { objectiveParts, type ObjectivePart } from './objectiveParts';
import { readCounts, type PartCounts } from './readCounts';
import type { SloStory } from './SloStory';

/** Sketches of one answer: each is read by itself. */
const SKETCHES_MAX = 20;

/** Figures of the objectives of many SLOs, by id; a handful of rounds of SQL however many there are. */
export async function readObjectiveViews(
  rollups: Pick<SloRollups, 'sums' | 'reach' | 'latencyBins'>,
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
  const [counts, reach, sketches] = await Promise.all([
    readCounts(rollups, flat),
    rollups.reach(newest.map(({ series }) => series)),
    readSketches(
      rollups,
      plans.flatMap(({ parts, window }) =>
        newestParts(parts).map(({ series }) => ({ series, window })),
      ),
    ),
  ]);
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
            sketches,
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
  sketches: ReadonlyMap<string, SloObjectiveView['latencyMs']>;
}): SloObjectiveView {
  const { counts, window, isCalendar, reach, sketches } = options;
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
    latencyMs: sketches.get(sketchKey(part.series, window)),
  };
}

async function readSketches(
  rollups: Pick<SloRollups, 'latencyBins'>,
  asked: ReadonlyArray<{ series: SloSeries; window: SloWindowSpan }>,
): Promise<ReadonlyMap<string, SloObjectiveView['latencyMs']>> {
  const timed = asked
    .filter(({ series }) => hasLatency(series))
    .slice(0, SKETCHES_MAX);
  return new Map(
    await Promise.all(
      timed.map(async ({ series, window }) => {
        const bins = await rollups.latencyBins(series, window);
        const [p50, p95, p99] = [0.5, 0.95, 0.99].map(q =>
          quantileOfBins(bins, q),
        );
        const known =
          p50 !== undefined && p95 !== undefined && p99 !== undefined;
        return [
          sketchKey(series, window),
          known ? { p50, p95, p99 } : undefined,
        ] as const;
      }),
    ),
  );
}

function sketchKey({ id }: SloSeries, { fromMs }: SloWindowSpan): string {
  return `${id}/${fromMs}`;
}

/** Whether latencies are kept of what is counted. */
export function hasLatency({ source }: Pick<SloSeries, 'source'>): boolean {
  return (
    source.type === 'lakehouse' &&
    (source.indicator === 'query-latency' || source.indicator === 'queue-time')
  );
}
