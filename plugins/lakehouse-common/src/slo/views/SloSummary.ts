import type { Facet } from '../../model';
import type {
  BudgetingMethod,
  LakehouseIndicator,
  SloWindow,
} from '../definition';

/** Four levels, worst first: breached, at-risk, unknown, healthy. @public */
export type SloStatus = 'breached' | 'at-risk' | 'unknown' | 'healthy';

/**
 * Whether the figures stand: `measured`; `stale`, when nothing was observed
 * lately (figures stay, alerts freeze); `no-data`, when nothing was ever
 * observed in the window; `backfilling`, while the past is being counted.
 *
 * @public
 */
export type SloDataState = 'measured' | 'stale' | 'no-data' | 'backfilling';

/** @public */
export type SloAlertState =
  | 'inactive'
  | 'pending'
  | 'firing'
  | 'frozen'
  | 'unfireable';

/** A burn rate against its alert's factor. @public */
export interface BurnRateReading {
  readonly condition: string;
  readonly severity: string;
  readonly factor: number;
  readonly longMs: number;
  readonly shortMs?: number;
  /** Absent without data. */
  readonly long?: number;
  readonly short?: number;
  readonly state: SloAlertState;
  /** ISO time since which it is in that state. */
  readonly since?: string;
  /** Why it can't fire, when it can't. */
  readonly note?: string;
}

/** How much may fail, and how much did. @public */
export interface ErrorBudget {
  /** In what it is counted: events; or milliseconds of slices. */
  readonly unit: 'events' | 'ms';
  readonly allowed: number;
  readonly spent: number;
  /** Share that is left, 1 to minus infinity. */
  readonly remaining: number;
}

/** When the budget is empty if the newest pace goes on. @public */
export interface BudgetForecast {
  /** ISO times. Absent when it is not empty before the window's end at that pace. */
  readonly exhaustedAt?: string;
  readonly earliest?: string;
  readonly latest?: string;
  /** Over which time the pace was taken. */
  readonly paceMs: number;
}

/** An SLO as lists show it. @public */
export interface SloSummary {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly description?: string;
  readonly service: string;
  /** Entity that its file belongs to. */
  readonly entityRef?: string;
  /** Owner and system of that entity, as entity refs. */
  readonly owner?: string;
  readonly system?: string;
  readonly connections: readonly string[];
  /** What it measures, if the lakehouse itself tells it; of composites the first such indicator. */
  readonly indicator?: LakehouseIndicator;
  readonly window: SloWindow;
  readonly method: BudgetingMethod;
  /** Of the only objective; of composites the one that its budget is counted with. */
  readonly target: number;
  readonly status: SloStatus;
  readonly data: SloDataState;
  /** ISO times. */
  readonly evaluatedAt?: string;
  readonly lastDataAt?: string;
  /** 0 to 1. Absent without data. */
  readonly attainment?: number;
  readonly budget?: ErrorBudget;
  /** Share of the window's elapsed time that was observed, 0 to 1. */
  readonly coverage?: number;
  readonly burnRates: readonly BurnRateReading[];
  readonly forecast?: BudgetForecast;
  /** Explains it in one or two sentences. */
  readonly sentence: string;
  /** Budget left over the window, oldest first, at most 40 points; `remaining` is absent where nothing was observed. */
  readonly sparkline: ReadonlyArray<{
    readonly at: string;
    readonly remaining?: number;
  }>;
  /** ISO time until which its alerts are silenced. */
  readonly silencedUntil?: string;
}

/** @public */
export interface SloListRequest {
  readonly owner?: string;
  readonly system?: string;
  readonly entityRef?: string;
  readonly connection?: string;
  readonly status?: SloStatus;
  /** Part of name, title or service, compared without case. */
  readonly search?: string;
  /** Keeps SLOs of one owner or system together; the group with the worst SLO first, worst first within it. */
  readonly groupBy?: 'owner' | 'system';
  readonly limit?: number;
  readonly offset?: number;
}

/** Worst first. @public */
export interface SloList {
  readonly items: readonly SloSummary[];
  readonly total: number;
  /** Over all that match but for `status`. */
  readonly counts: Readonly<Record<SloStatus, number>>;
  /** Alerts that fire now. */
  readonly firing: number;
  /** Owners and systems, most SLOs first, at most 100 each: over all that match but for `owner`, or but for `system`. */
  readonly facets?: {
    readonly owners: readonly Facet[];
    readonly systems: readonly Facet[];
  };
  /** SLOs that the caller may not see. */
  readonly hidden: number;
  /** Files that can't be used as they are now. */
  readonly problems: readonly SloFileStatus[];
}

/** A file of definitions: what stands, and what is wrong with its newest version. @public */
export interface SloFileStatus {
  /** URL, or path within the configured place. */
  readonly location: string;
  readonly entityRef?: string;
  /** `openslo`, `sloth`, `pyrra`. */
  readonly format?: string;
  /** ISO times: last looked at; since when the version in use stands. */
  readonly checkedAt?: string;
  readonly usedSince?: string;
  /** SLOs of the version in use. */
  readonly slos: readonly string[];
  /** Problems of the newest version. Errors keep it from being used; warnings don't. */
  readonly problems: readonly SloProblem[];
}

/** @public */
export interface SloProblem {
  readonly severity: 'error' | 'warning';
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
  /** Path such as `spec.objectives[0].target`. */
  readonly field?: string;
  /** What is wrong, what it means, what to write instead. */
  readonly message: string;
}
