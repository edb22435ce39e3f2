import type { BudgetPolicyStep, SloWindow } from '../definition';
import type {
  BudgetForecast,
  BurnRateReading,
  ErrorBudget,
  SloDataState,
  SloSpenders,
} from '../views';
import { attainmentText } from './attainmentText';
import { budgetPolicyStep } from './budgetPolicyStep';
import { sloWindowAt } from './sloWindowAt';
import {
  durationText,
  momentText,
  onMoment,
  percentText,
  targetText,
  windowOwner,
} from './sloWords';
import { spenderClause } from './spenderClause';

/** Less of the window than this makes a sentence of its own. */
const COVERED_WELL = 0.9;

/** What is known of an SLO now. @public */
export interface SloFacts {
  readonly nowMs: number;
  readonly window: SloWindow;
  readonly target: number;
  readonly data: SloDataState;
  readonly attainment?: number;
  readonly budget?: ErrorBudget;
  /** Share of the window's elapsed time that was observed, 0 to 1. */
  readonly coverage?: number;
  readonly forecast?: BudgetForecast;
  /** Who spent the budget of the window. */
  readonly spenders?: SloSpenders['dimensions'];
  readonly burnRates?: ReadonlyArray<
    Pick<BurnRateReading, 'condition' | 'state' | 'note'>
  >;
  /** ISO time of the newest minute that was observed, and why there is none since, in one clause. */
  readonly lastDataAt?: string;
  readonly problem?: string;
  /** ISO time from which on it was counted. */
  readonly countedFrom?: string;
  /** How much time does not count since then, in ms. */
  readonly excludedMs?: number;
  /** Length of the slices that are counted, where slices are. */
  readonly sliceMs?: number;
  /** A time that does not count, running now. */
  readonly excludedNow?: { readonly to: string; readonly reason: string };
  readonly budgetPolicy?: readonly BudgetPolicyStep[];
}

/**
 * Explains an SLO in a sentence or a few: how much of the budget is gone, when
 * it is empty at the newest pace, who spent it; then what keeps the figures from
 * telling all: nothing observed, the past still being counted, maintenance now,
 * alerts that can never fire, and what the owners agreed to do with so little
 * left. Times are in UTC. Names stand in backquotes.
 *
 * @public
 */
export function explainSlo(facts: SloFacts): string {
  return [
    mainSentence(facts),
    staleSentence(facts),
    maintenanceSentence(facts),
    countingSentence(facts),
    policySentence(facts),
    ...unfireableSentences(facts),
  ]
    .filter(sentence => sentence !== undefined)
    .join(' ');
}

function mainSentence(facts: SloFacts): string {
  const { budget, data, window, problem } = facts;
  if (!budget) {
    const why = problem ? ` (${problem})` : '';
    if (data === 'backfilling') {
      return `The past is still being counted; of ${windowOwner(
        window,
      )} budget nothing can be told yet${why}.`;
    }
    const firstSlice = problem ? undefined : firstSliceToCome(facts);
    if (firstSlice) return firstSlice;
    return data === 'no-data'
      ? `Nothing was observed yet${why}, so of ${windowOwner(
          window,
        )} budget nothing can be told.`
      : `There was nothing to count${why}, so of ${windowOwner(
          window,
        )} budget nothing was spent or earned.`;
  }
  const clauses = [
    goneClause(facts, budget),
    paceClause(facts, budget),
    budget.spent > 0 ? spenderClause(facts.spenders ?? []) : undefined,
  ];
  const text = clauses.filter(clause => clause !== undefined).join('; ');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** Slices count as a whole: of the one in which counting begins nothing is told. */
function firstSliceToCome({
  sliceMs,
  countedFrom,
  nowMs,
  window,
}: SloFacts): string | undefined {
  if (!sliceMs || !countedFrom) return undefined;
  const beginsMs = Math.ceil(Date.parse(countedFrom) / sliceMs) * sliceMs;
  return nowMs < beginsMs
    ? `It is counted in slices of ${durationText(
        sliceMs,
      )}; the first whole one begins at ${momentText(
        new Date(beginsMs).toISOString(),
        nowMs,
      )}, so of ${windowOwner(window)} budget nothing can be told yet.`
    : undefined;
}

function goneClause(facts: SloFacts, budget: ErrorBudget): string {
  const { window, attainment, target } = facts;
  const gone = 1 - budget.remaining;
  const whose = windowOwner(window);
  if (budget.remaining < 0) {
    const figures =
      attainment === undefined
        ? ''
        : `: ${attainmentText(
            attainment,
            target,
          )} was attained of the ${targetText(target)} promised`;
    return `${whose} budget is overspent, ${percentText(
      gone,
    )} of it is gone${figures}`;
  }
  if (budget.spent === 0) {
    return `nothing of ${whose} budget is gone`;
  }
  return budget.remaining === 0
    ? `all of ${whose} budget is gone`
    : `${percentText(gone)} of ${whose} budget is gone`;
}

function paceClause(facts: SloFacts, budget: ErrorBudget): string | undefined {
  const { forecast, data, nowMs, window } = facts;
  if (!forecast || data === 'stale' || budget.remaining <= 0) {
    return undefined;
  }
  const last = durationText(forecast.paceMs).replace(/^1 /, '');
  const pace = `at the last ${possessive(last)} pace`;
  if (forecast.exhaustedAt) {
    return `${pace} it is empty ${onMoment(forecast.exhaustedAt, nowMs)}`;
  }
  if (budget.spent === 0) {
    return undefined;
  }
  return window.kind === 'rolling'
    ? `${pace} it lasts`
    : `${pace} it lasts to the end of the ${
        window.count === 1 ? window.unit : 'window'
      }`;
}

function staleSentence({
  data,
  lastDataAt,
  nowMs,
  problem,
  budget,
}: SloFacts): string | undefined {
  if (data !== 'stale') {
    return undefined;
  }
  const since = lastDataAt
    ? `since ${momentText(lastDataAt, nowMs)}`
    : 'for a while';
  const why = problem && budget ? ` (${problem})` : '';
  return `Nothing was observed ${since}${why}: figures stand as they were and alerts are frozen.`;
}

function maintenanceSentence({
  excludedNow,
  nowMs,
}: SloFacts): string | undefined {
  return (
    excludedNow &&
    `Nothing counts until ${momentText(excludedNow.to, nowMs)}: ${
      excludedNow.reason
    }.`
  );
}

function countingSentence(facts: SloFacts): string | undefined {
  const { data, budget, countedFrom, coverage, nowMs } = facts;
  if (!budget) {
    return undefined;
  }
  if (data === 'backfilling') {
    return countedFrom
      ? `The past is still being counted: so far back to ${momentText(
          countedFrom,
          nowMs,
        )}.`
      : 'The past is still being counted.';
  }
  if (coverage === undefined || coverage >= COVERED_WELL) return undefined;
  const since = coverageSince(facts, coverage);
  if (!since) return `Only ${percentText(coverage)} of the time was observed.`;
  const from = momentText(since.from, nowMs);
  return since.coverage < COVERED_WELL
    ? `Counted since ${from}; ${percentText(
        since.coverage,
      )} of the time since then was observed.`
    : `Counted since ${from}.`;
}

/** Counting may have begun within the window: then what was before it was not missed. */
function coverageSince(
  { countedFrom, excludedMs = 0, window, nowMs }: SloFacts,
  coverage: number,
): { from: string; coverage: number } | undefined {
  const countedMs = countedFrom === undefined ? NaN : Date.parse(countedFrom);
  const { fromMs } = sloWindowAt(window, nowMs);
  if (!countedFrom || !(countedMs > fromMs && countedMs < nowMs)) {
    return undefined;
  }
  // Coverage is of the time that counts.
  const countsMs = nowMs - countedMs - excludedMs;
  const share = countsMs / (nowMs - fromMs - excludedMs);
  return countsMs > 0 && share < COVERED_WELL
    ? { from: countedFrom, coverage: Math.min(1, coverage / share) }
    : undefined;
}

function policySentence({
  budget,
  budgetPolicy = [],
}: SloFacts): string | undefined {
  const step = budget && budgetPolicyStep(budgetPolicy, budget.remaining);
  if (!step) {
    return undefined;
  }
  const left =
    step.remaining > 0
      ? `${percentText(step.remaining)} left`
      : 'an empty budget';
  return `Agreed at ${
    step.remaining < 0 ? `${percentText(-step.remaining)} overspent` : left
  }: ${step.action.replace(/\.$/, '')}.`;
}

function unfireableSentences({ burnRates = [] }: SloFacts): string[] {
  const unfireable = burnRates.filter(({ state }) => state === 'unfireable');
  const [first, ...others] = unfireable.filter(({ note }) => note);
  const alike = others.map(({ condition }) => condition).join(' and ');
  return [
    ...(first?.note ? [`${first.note.replace(/\.$/, '')}.`] : []),
    ...(alike ? [`The same holds for ${alike}.`] : []),
    ...unfireable
      .filter(({ note }) => !note)
      .map(({ condition }) => `${condition} can never fire with this target.`),
  ];
}

function possessive(text: string): string {
  return text.endsWith('s') ? `${text}'` : `${text}'s`;
}
