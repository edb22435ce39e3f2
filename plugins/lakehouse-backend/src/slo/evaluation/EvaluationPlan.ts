import {
  lookbackSpan,
  paceMsOf,
  sloWindowAt,
  type MsSpan,
  type SloWindowSpan,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { conditionsOf } from '../alerts/conditionsOf';
import { objectiveParts, type ObjectivePart } from '../reads/objectiveParts';
import type { SloStory } from '../reads/SloStory';

/** What must be counted to judge an SLO at a moment. */
export interface EvaluationPlan {
  readonly story: SloStory;
  readonly parts: readonly ObjectivePart[];
  readonly window: SloWindowSpan;
  /** Of calendar windows: all of it, to its end. */
  readonly wholeWindow?: MsSpan;
  /** Each lookback of its alerts once, by its length. */
  readonly lookbacks: ReadonlyMap<number, MsSpan>;
  readonly paceMs: number;
  /** A composite whose slices are bad when one of its objectives' is. */
  readonly isJoint: boolean;
}

export function planEvaluation(story: SloStory, nowMs: number): EvaluationPlan {
  const { definition } = story.slo;
  const window = sloWindowAt(definition.window, nowMs);
  const sliceMs =
    definition.method === 'Occurrences'
      ? undefined
      : definition.objectives[0]?.slice?.durationMs;
  const lengths = conditionsOf(definition).flatMap(({ condition }) =>
    condition.shortMs === undefined
      ? [condition.longMs]
      : [condition.longMs, condition.shortMs],
  );
  return {
    story,
    parts: objectiveParts(story),
    window,
    ...(definition.window.kind === 'calendar'
      ? { wholeWindow: { fromMs: window.fromMs, toMs: window.endMs } }
      : {}),
    lookbacks: new Map(
      lengths.map(lookbackMs => [
        lookbackMs,
        lookbackSpan({ atMs: nowMs, lookbackMs, sliceMs }),
      ]),
    ),
    paceMs: paceMsOf(definition.window),
    isJoint:
      definition.method === 'Timeslices' && definition.objectives.length > 1,
  };
}

/** The parts that are counted now, one for each objective. */
export function newestParts(plan: EvaluationPlan): ObjectivePart[] {
  return plan.parts.filter(({ toMs }) => toMs === Infinity);
}
