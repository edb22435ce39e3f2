import {
  cutSpans,
  explainSlo,
  sloStatus,
  type BudgetForecast,
  type SloSilence,
  type SloSpenders,
  type SloSummary,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { JudgedCondition } from '../alerts/judgeConditions';
import { excludedSpans } from '../reads/SloStory';
import { unevaluated } from '../reads/unevaluated';
import type { DataState } from './dataStateOf';
import type { EvaluationPlan } from './EvaluationPlan';
import type { JudgedWindow } from './judgeWindow';

/** All that one evaluation found out about an SLO. */
export interface Findings {
  readonly plan: EvaluationPlan;
  readonly window: JudgedWindow;
  readonly state: DataState;
  readonly conditions: readonly JudgedCondition[];
  readonly forecast?: BudgetForecast;
  readonly spenders?: SloSpenders['dimensions'];
  readonly sparkline: SloSummary['sparkline'];
  readonly silences: readonly SloSilence[];
  readonly nowMs: number;
}

/** An SLO as lists show it. */
export function summarise(findings: Findings): SloSummary {
  const { plan, window, state, conditions, forecast, nowMs } = findings;
  const { attainment, budget, coverage, target } = window;
  const firing = conditions.some(({ step }) => step.machine.phase === 'firing');
  const silencedUntil = findings.silences
    .map(({ until }) => until)
    .sort()
    .at(-1);
  return {
    ...unevaluated(plan.story.slo),
    target,
    status: sloStatus({
      data: state.data,
      remaining: budget?.remaining,
      firing,
      forecast,
    }),
    data: state.data,
    evaluatedAt: isoTime(nowMs),
    ...(state.lastDataMs === undefined
      ? {}
      : { lastDataAt: isoTime(state.lastDataMs) }),
    ...(attainment === undefined ? {} : { attainment }),
    ...(budget ? { budget } : {}),
    ...(coverage === undefined ? {} : { coverage }),
    ...(forecast ? { forecast } : {}),
    ...(silencedUntil === undefined ? {} : { silencedUntil }),
    burnRates: conditions.map(({ reading }) => reading),
    sentence: sentenceOf(findings),
    sparkline: findings.sparkline,
  };
}

/** Explains the findings. */
export function sentenceOf(findings: Findings): string {
  const { plan, window, state, conditions, forecast, spenders, nowMs } =
    findings;
  const { definition } = plan.story.slo;
  const { countedFromMs, lastDataMs, problem, data } = state;
  const excludedNow = plan.story.corrections.find(
    ({ from, to, objective }) =>
      (objective === undefined || definition.objectives.length === 1) &&
      Date.parse(from) <= nowMs &&
      Date.parse(to) > nowMs,
  );
  return explainSlo({
    nowMs,
    window: definition.window,
    target: window.target,
    data,
    attainment: window.attainment,
    budget: window.budget,
    coverage: window.coverage,
    forecast,
    spenders,
    burnRates: conditions.map(({ reading }) => reading),
    lastDataAt: lastDataMs === undefined ? undefined : isoTime(lastDataMs),
    problem,
    countedFrom:
      countedFromMs === undefined ? undefined : isoTime(countedFromMs),
    excludedMs: excludedMsSince(countedFromMs, findings),
    sliceMs:
      definition.method === 'Occurrences'
        ? undefined
        : definition.objectives[0]?.slice?.durationMs,
    excludedNow,
    budgetPolicy: definition.budgetPolicy,
  });
}

/** Of all objectives; what is taken out of one alone counts still. */
function excludedMsSince(
  countedFromMs: number | undefined,
  { plan, nowMs }: Findings,
): number {
  const { fromMs } = plan.window;
  const range = {
    fromMs: Math.max(fromMs, countedFromMs ?? fromMs),
    toMs: nowMs,
  };
  const [{ key }] = plan.story.slo.definition.objectives;
  const counts = cutSpans(range, excludedSpans(plan.story, key)).reduce(
    (sum, span) => sum + span.toMs - span.fromMs,
    0,
  );
  return Math.max(0, range.toMs - range.fromMs - counts);
}

function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
