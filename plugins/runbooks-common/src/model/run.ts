import type { JsonObject } from '@backstage/types';
import type { Preview, Risk, RunTarget } from './runbook';

/**
 * `outcome-unknown`: the process died in the middle and nothing can tell
 * whether the action took effect.
 *
 * @public
 */
export type RunState =
  | 'pending'
  | 'running'
  | 'verifying'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'outcome-unknown';

/** Whether a run in this state is over. @public */
export function isFinalRunState(state: RunState): boolean {
  return !['pending', 'running', 'verifying'].includes(state);
}

/** One figure before and after. @public */
export interface VerificationMetric {
  readonly label: string;
  readonly unit: 'files' | 'bytes' | 'ms' | 'percent' | 'count' | 'text';
  readonly before?: string | number;
  readonly after?: string | number;
  readonly better?: 'lower' | 'higher';
}

/** Proof of effect. @public */
export interface Verification {
  /** `inconclusive`: it could not be read again; the summary says why. */
  readonly outcome: 'verified' | 'not-verified' | 'inconclusive';
  /** One sentence: "300 → 9 files". */
  readonly summary: string;
  readonly metrics: readonly VerificationMetric[];
}

/** @public */
export interface RunStep {
  readonly id: string;
  readonly title: string;
  readonly state: 'pending' | RunState | 'skipped';
  readonly startedAt?: string;
  readonly endedAt?: string;
}

/** @public */
export interface Run {
  readonly id: string;
  readonly runbookId: string;
  readonly title: string;
  readonly state: RunState;
  readonly risk: Risk;
  readonly target: RunTarget;
  /** Catalog entity it was started from. */
  readonly entityRef?: string;
  readonly parameters: JsonObject;
  readonly preview: Preview;
  /** Who started it. */
  readonly startedBy: string;
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly steps: readonly RunStep[];
  readonly output?: JsonObject;
  readonly verification?: Verification;
  /** Which step failed, what was already done, and what to do next. */
  readonly error?: {
    readonly step?: string;
    readonly message: string;
    readonly alreadyDone?: string;
    readonly nextStep?: string;
  };
  readonly cancelRequestedBy?: string;
}

/** A line of a run's live log. @public */
export interface RunEvent {
  /** Counts up from 1 within a run. */
  readonly sequence: number;
  readonly at: string;
  readonly type: 'log' | 'state' | 'progress';
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  /** 0 to 1, on `progress`. */
  readonly progress?: number;
}

/** @public */
export interface RunPage {
  readonly items: readonly Run[];
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
}

/** @public */
export interface RunFilter {
  readonly runbookId?: string;
  readonly states?: readonly RunState[];
  readonly startedBy?: string;
  readonly entityRef?: string;
  readonly system?: string;
  readonly connection?: string;
  /** Target name. */
  readonly target?: string;
  /** 1 to 100, 25 unless told. */
  readonly limit?: number;
  readonly offset?: number;
}

/** One entry of the append-only audit log. @public */
export interface AuditEntry {
  readonly sequence: number;
  readonly at: string;
  readonly actor: string;
  readonly event: string;
  readonly runId?: string;
  readonly detail: JsonObject;
  readonly previousHash: string;
  readonly hash: string;
}
