import type { Sli, SliThreshold, ThresholdOperator } from './Sli';
import type { SloWindow } from './SloWindow';

/** How good and bad become budget, as OpenSLO v1 names it. @public */
export type BudgetingMethod = 'Occurrences' | 'Timeslices' | 'RatioTimeslices';

/** One promise. Several make a composite SLO. @public */
export interface SloObjective {
  /** Stable within its SLO: its place in the list. */
  readonly key: string;
  readonly displayName?: string;
  readonly sli: Sli;
  /** Above 0 and below 1. */
  readonly target: number;
  /** Of indicators that are values. */
  readonly threshold?: SliThreshold;
  /** Of Timeslices and RatioTimeslices. `target` of Timeslices only: share of good that makes a slice good. */
  readonly slice?: { readonly durationMs: number; readonly target?: number };
  /** Of composites; 1 unless told. */
  readonly weight: number;
}

/** Burn rate over a window, and where told over a short one too, against a factor. @public */
export interface BurnRateCondition {
  readonly name: string;
  /** `page`, `ticket`, or what the owner wrote. */
  readonly severity: string;
  readonly op: ThresholdOperator;
  /** Times the pace at which the budget lasts just the window. */
  readonly factor: number;
  readonly longMs: number;
  readonly shortMs?: number;
  /** How long it must hold before it fires. */
  readonly alertAfterMs: number;
}

/** When to tell whom. @public */
export interface SloAlertPolicy {
  readonly name: string;
  readonly displayName?: string;
  readonly whenBreaching: boolean;
  readonly whenResolved: boolean;
  readonly whenNoData: boolean;
  readonly conditions: readonly BurnRateCondition[];
  /** `owner`, `on-call`, or names of `lakehouse.slo.notificationTargets` of the config. */
  readonly targets: readonly string[];
}

/** What the owners agreed to do when so much budget is left. @public */
export interface BudgetPolicyStep {
  /** Share of the budget that is left, from 1 down; may be negative. */
  readonly remaining: number;
  readonly action: string;
}

/** A service level objective, whatever kind of file it was written in. @public */
export interface SloDefinition {
  readonly name: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly service: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly window: SloWindow;
  readonly method: BudgetingMethod;
  /** At least one. */
  readonly objectives: readonly SloObjective[];
  /** Empty: the multi-window burn-rate alerts that go with the window. One policy without conditions: no alerts at all. */
  readonly alertPolicies: readonly SloAlertPolicy[];
  readonly budgetPolicy: readonly BudgetPolicyStep[];
  /** Names of runbooks that its owners suggest. */
  readonly runbooks: readonly string[];
}
