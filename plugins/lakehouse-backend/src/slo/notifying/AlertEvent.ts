import type { SloAlert } from '@lakehouse-ops/plugin-lakehouse-common';
import type { AlertSubject } from '../alerts/AlertSubject';

/** Something to tell of an SLO, as it stood when it happened. Times in epoch ms. */
export type AlertEvent = AlertFired | AlertResolved | BudgetStepCrossed;

interface EventBase {
  readonly sloId: string;
  readonly atMs: number;
  readonly subject: AlertSubject;
  /** The sentence that explains it. */
  readonly sentence: string;
}

export interface AlertFired extends EventBase {
  readonly kind: 'firing';
  readonly alertId: string;
  readonly condition: string;
  readonly severity: string;
}

export interface AlertResolved extends EventBase {
  readonly kind: 'resolved';
  readonly alertId: string;
  readonly condition: string;
  readonly severity: string;
  readonly firedAtMs: number;
  readonly resolution: NonNullable<SloAlert['resolution']>;
}

/** So little of the budget is left that its owners agreed to do something. */
export interface BudgetStepCrossed extends EventBase {
  readonly kind: 'budget';
  /** Share of the budget that the step is at, and that is left. */
  readonly step: number;
  readonly remaining: number;
  readonly action: string;
}
