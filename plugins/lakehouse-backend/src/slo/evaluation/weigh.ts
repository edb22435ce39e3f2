import type {
  MsSpan,
  SliceSums,
  SloSilence,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  judgeConditions,
  type JudgedCondition,
  type ShownState,
} from '../alerts/judgeConditions';
import type { OpenAlert } from '../alerts/OpenAlert';
import { judgeSlo } from '../reads/judgeParts';
import type { PartCounts } from '../reads/readCounts';
import type { SloStory } from '../reads/SloStory';
import type { SeriesReach } from '../rollups/SloRollups';
import { dataStateOf, type DataState } from './dataStateOf';
import { newestParts, type EvaluationPlan } from './EvaluationPlan';
import { judgeWindow, type JudgedWindow } from './judgeWindow';
import type { PaceBuckets } from './readPaces';

/** An SLO with what its judgement depends on beside the counts. */
export interface Case {
  readonly story: SloStory;
  readonly open: readonly OpenAlert[];
  readonly shown: ReadonlyMap<string, ShownState>;
  readonly silences: readonly SloSilence[];
}

/** A case with its counts. */
export interface Counted extends Case {
  readonly plan: EvaluationPlan;
  /** In the order of {@link rangesOf}. */
  readonly counts: readonly PartCounts[];
  readonly reach: ReadonlyMap<string, SeriesReach>;
  readonly paces?: PaceBuckets;
  readonly jointIn?: (span: MsSpan) => SliceSums;
}

/** What is counted for a plan: its window, then each lookback, each by parts. */
export function rangesOf(plan: EvaluationPlan) {
  return [plan.window, ...plan.lookbacks.values()].flatMap(range =>
    plan.parts.map(part => ({ part, range })),
  );
}

/** Of the counts of {@link rangesOf} those of the window. */
export function inWindow(
  plan: EvaluationPlan,
  counts: readonly PartCounts[],
): readonly PartCounts[] {
  return counts.slice(0, plan.parts.length);
}

/** Judges the window and the conditions of a case. */
export function weigh(counted: Counted, nowMs: number): Weighed {
  const { plan, counts, reach, jointIn, open, shown } = counted;
  const { definition } = plan.story.slo;
  const window = judgeWindow(plan, inWindow(plan, counts), jointIn);
  const state = dataStateOf({
    parts: newestParts(plan),
    reach,
    observedMinutes: window.observedMinutes,
    windowFromMs: plan.window.fromMs,
    nowMs,
  });
  const rates = new Map(
    [...plan.lookbacks].map(([lookbackMs, span], index) => [
      lookbackMs,
      judgeSlo(
        definition,
        counts.slice(
          (index + 1) * plan.parts.length,
          (index + 2) * plan.parts.length,
        ),
        { joint: jointIn?.(span) },
      ).burnRate,
    ]),
  );
  const conditions = judgeConditions({
    definition,
    rate: lookbackMs => rates.get(lookbackMs),
    observed: state,
    open: new Map(open.map(alert => [alert.condition, alert])),
    shown,
    nowMs,
  });
  return { ...counted, window, state, conditions };
}

/** A case with its figures, before it is put into words. */
export interface Weighed extends Case {
  readonly plan: EvaluationPlan;
  readonly counts: readonly PartCounts[];
  readonly reach: ReadonlyMap<string, SeriesReach>;
  readonly window: JudgedWindow;
  readonly state: DataState;
  readonly conditions: readonly JudgedCondition[];
  readonly paces?: PaceBuckets;
}
