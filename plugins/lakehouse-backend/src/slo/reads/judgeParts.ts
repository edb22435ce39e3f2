import {
  compositeBudget,
  versionedBudget,
  type MsSpan,
  type SliceSums,
  type SloAttainment,
  type SloDefinition,
  type SloSums,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { countedSpans, type ObjectivePart } from './objectiveParts';

/** A part and what was counted of it. */
export interface CountedPart {
  readonly part: ObjectivePart;
  readonly sums: SloSums;
}

/** Attainment and budget of one objective, each time judged by the version that stood then. */
export function judgeObjective(
  counted: readonly CountedPart[],
  /** Of calendar windows: the whole of it, to its end. */
  wholeWindow?: MsSpan,
): SloAttainment {
  return versionedBudget({
    spans: counted.map(({ part, sums }) => ({
      method: part.method,
      target: part.objective.target,
      sums,
      sliceMs: part.series.slice?.durationMs,
      windowSlices: wholeWindow && slicesIn(part, wholeWindow),
    })),
  });
}

/**
 * Attainment and budget of an SLO. Composites are judged by the targets and
 * weights that stand now; times in which another budgeting method stood are
 * left out of them.
 */
export function judgeSlo(
  definition: Pick<SloDefinition, 'method' | 'objectives'>,
  counted: readonly CountedPart[],
  options: { wholeWindow?: MsSpan; joint?: SliceSums } = {},
): SloAttainment {
  const { method, objectives } = definition;
  const { wholeWindow, joint } = options;
  if (objectives.length === 1) return judgeObjective(counted, wholeWindow);
  if (method === 'Timeslices' && !joint) return { problems: [] };
  return compositeBudget({
    method,
    joint,
    objectives: objectives.map(({ key, target, weight, slice }) => {
      const own = counted.filter(
        ({ part }) => part.key === key && part.method === method,
      );
      return {
        key,
        target,
        weight,
        sliceMs: slice?.durationMs,
        windowSlices:
          wholeWindow &&
          own.reduce((sum, { part }) => sum + slicesIn(part, wholeWindow), 0),
        sums: addSums(own.map(({ sums }) => sums)),
      };
    }),
  });
}

/** Sums of times that don't overlap, put together. */
export function addSums(all: readonly SloSums[]): SloSums {
  const none = { good: 0, total: 0, ratioSum: 0 };
  return all.reduce<SloSums>(
    (sum, { good, total, slices = none }) => ({
      good: sum.good + good,
      total: sum.total + total,
      slices: {
        good: (sum.slices?.good ?? 0) + slices.good,
        total: (sum.slices?.total ?? 0) + slices.total,
        ratioSum: (sum.slices?.ratioSum ?? 0) + slices.ratioSum,
      },
    }),
    { good: 0, total: 0 },
  );
}

function slicesIn(part: ObjectivePart, window: MsSpan): number {
  const sliceMs = part.series.slice?.durationMs;
  if (!sliceMs) return 0;
  return countedSpans(part, window).reduce(
    (slices, { fromMs, toMs }) => slices + (toMs - fromMs) / sliceMs,
    0,
  );
}
