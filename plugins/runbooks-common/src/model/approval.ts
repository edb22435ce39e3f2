import type { Run } from './run';
import type { Allowance } from './runbook';

/** What somebody said to a run that asks for approval. @public */
export interface RunApproval {
  readonly runId: string;
  /** The step that asked; absent for the approval before the first step. */
  readonly stepId?: string;
  readonly decision: 'approved' | 'denied';
  readonly by: string;
  readonly at: string;
  /** Needed with `denied`. */
  readonly comment?: string;
  /** Of the preview that they were shown. */
  readonly previewHash: string;
}

/** A run that waits for the caller. @public */
export interface WaitingApproval {
  readonly run: Run;
  /** The caller may decide; the reason tells why not, for example that the run is their own. */
  readonly decide: Allowance;
}

/** That nothing is started or gone on with, and who said so. @public */
export interface RunbookPause {
  /** `all`, or the id of one runbook. */
  readonly scope: 'all' | { readonly runbookId: string };
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}
