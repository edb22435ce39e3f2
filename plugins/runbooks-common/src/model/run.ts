import type { JsonObject } from '@backstage/types';
import type { RunApproval } from './approval';
import type { Preview, PreviewContent, Risk, RunTarget } from './runbook';
import type { RunbookSection } from './runbookFile';

/**
 * `waiting`: for people or for a lock, as {@link Run.waitingFor} tells.
 * `outcome-unknown`: the process died in the middle and nothing can tell
 * whether the action took effect.
 *
 * @public
 */
export type RunState =
  | 'pending'
  | 'waiting'
  | 'running'
  | 'verifying'
  | 'succeeded'
  | 'failed'
  | 'cancelled'
  | 'outcome-unknown';

/** Whether a run in this state is over. @public */
export function isFinalRunState(state: RunState): boolean {
  return !['pending', 'waiting', 'running', 'verifying'].includes(state);
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
  /** What it is a phase of: the id of a step in the runbook file; absent in runs of a single action. */
  readonly stepId?: string;
  readonly kind?: 'check' | 'execute' | 'verify' | 'manual' | 'approval';
  readonly section?: RunbookSection;
  /** Of a step that is done for each entry of a list. */
  readonly item?: { readonly index: number; readonly label: string };
  readonly actionId?: string;
  readonly target?: RunTarget;
  /** Which attempt this is, from 1. */
  readonly attempt?: number;
  /** One sentence: what came of it, or why it was skipped. */
  readonly message?: string;
  /** Set when it could be previewed only when it was reached. */
  readonly preview?: PreviewContent;
  readonly verification?: Verification;
}

/** What a run that is `waiting` waits for. @public */
export type RunWaiting =
  | {
      readonly kind: 'approval';
      readonly since: string;
      /** It fails then. */
      readonly until: string;
      /** Absent: before the first step. */
      readonly stepId?: string;
      readonly question: string;
      readonly groups: readonly string[];
      readonly needed: number;
      /** Hash of what is to be approved. */
      readonly previewHash: string;
      /** What is to be approved, when it is not the run's own preview. */
      readonly preview?: PreviewContent;
    }
  | {
      readonly kind: 'answer';
      readonly since: string;
      readonly until: string;
      readonly stepId: string;
      readonly instruction: string;
      readonly answerSchema: JsonObject;
    }
  /** An outcome that nothing could tell: a person says what is true. */
  | {
      readonly kind: 'decision';
      readonly since: string;
      readonly until: string;
      readonly stepId: string;
      /** What is known. */
      readonly facts: string;
    }
  /** The process that had the person's credentials is gone: they have to say "go on". */
  | { readonly kind: 'person'; readonly since: string; readonly until: string }
  | {
      readonly kind: 'lock';
      readonly since: string;
      readonly until: string;
      readonly key: string;
      readonly heldBy: string;
      readonly heldByRunId: string;
    }
  | {
      readonly kind: 'pause';
      readonly since: string;
      readonly by: string;
      readonly reason: string;
    };

/** What made a run start. @public */
export interface RunOrigin {
  readonly kind: 'person' | 'schedule' | 'alert' | 'action';
  /** For example the SLO's name. */
  readonly detail?: string;
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
  /** Set while the state is `waiting`. */
  readonly waitingFor?: RunWaiting;
  /** Of the runbook file's version that it runs. */
  readonly definitionHash?: string;
  /** By a person unless told. */
  readonly origin?: RunOrigin;
  /** What was said so far; only in the answer to one run. */
  readonly approvals?: readonly RunApproval[];
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
