import type { SloDefinition, SloObjective } from '../definition';
import type { ErrorBudget, SloFileStatus, SloSummary } from './SloSummary';

/** One objective with its own figures. @public */
export interface SloObjectiveView {
  readonly objective: SloObjective;
  readonly attainment?: number;
  readonly budget?: ErrorBudget;
  /** Events, or values looked at, in the window. */
  readonly good?: number;
  readonly total?: number;
  readonly coverage?: number;
  /** ISO time from which on it was counted; what was before is not known. */
  readonly countedFrom?: string;
  /** Of latency: quantiles over the window in ms, within 1 %. */
  readonly latencyMs?: {
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
  };
}

/** A time that does not count. @public */
export interface SloCorrection {
  readonly id: string;
  /** ISO times; [from, to). */
  readonly from: string;
  readonly to: string;
  readonly kind: 'maintenance' | 'correction';
  readonly reason: string;
  readonly author: string;
  readonly createdAt: string;
  /** Objective key; all unless told. */
  readonly objective?: string;
}

/** Alerts are not sent until it ends; they are still shown. @public */
export interface SloSilence {
  readonly id: string;
  readonly from: string;
  readonly until: string;
  readonly reason: string;
  readonly author: string;
}

/** A time in which an alert fired. @public */
export interface SloAlert {
  readonly id: string;
  readonly sloId: string;
  readonly condition: string;
  readonly severity: string;
  readonly state: 'pending' | 'firing' | 'resolved';
  readonly pendingAt: string;
  readonly firedAt?: string;
  readonly resolvedAt?: string;
  /** The sentence as it stood when it fired. */
  readonly explanation: string;
  /** How its end came: the burn stopped, its definition changed or went, its entity went. */
  readonly resolution?: 'recovered' | 'definition-changed' | 'removed';
  readonly deliveries: ReadonlyArray<{
    readonly target: string;
    readonly state: 'sent' | 'waiting' | 'failed' | 'silenced';
    readonly at?: string;
    readonly error?: string;
  }>;
}

/** A definition as it stood for a time. @public */
export interface SloVersion {
  readonly version: number;
  readonly from: string;
  readonly until?: string;
  readonly definition: SloDefinition;
}

/** An SLO with all that is known of it. @public */
export interface SloView extends SloSummary {
  readonly definition: SloDefinition;
  readonly objectives: readonly SloObjectiveView[];
  readonly file: SloFileStatus;
  /** Where to read or edit its file, when it has an address. */
  readonly editUrl?: string;
  readonly versions: readonly SloVersion[];
  /** Newest first, at most 50. */
  readonly alerts: readonly SloAlert[];
  readonly corrections: readonly SloCorrection[];
  readonly silences: readonly SloSilence[];
  /** The time that its budget is counted over now, ISO; of calendar windows to their end, which is still to come. */
  readonly windowFrom: string;
  readonly windowTo: string;
  /** Whether the caller may correct and silence it. */
  readonly mayManage: boolean;
}

/** The tab of an entity. @public */
export interface EntitySlos {
  /** Worst first, at most 100. */
  readonly items: readonly SloView[];
  readonly files: readonly SloFileStatus[];
  readonly hidden: number;
}
