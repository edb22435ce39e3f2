import type { JsonObject } from '@backstage/types';
import type {
  Allowance,
  AuditEntry,
  Preview,
  Run,
  RunEvent,
  RunFilter,
  RunPage,
  RunApproval,
  RunbookDetail,
  RunbookPause,
  RunbookProblem,
  RunbookSuggestion,
  SuggestionContext,
  WaitingApproval,
  RunbookSummary,
  RunTarget,
} from '../model';

/**
 * What the Runbooks backend answers. Each call throws a `ResponseError` whose
 * message tells what to do next.
 *
 * @public
 */
export interface RunbooksApi {
  /** GET /runbooks */
  getRunbooks(): Promise<{ items: RunbookSummary[] }>;
  /**
   * POST /allowances: for up to 100 runbook and target pairs at once, whether
   * the caller may run it there and whether the system could do it.
   */
  getAllowances(
    asks: ReadonlyArray<{ runbookId: string; target: RunTarget }>,
  ): Promise<{ items: Allowance[] }>;
  /** POST /previews */
  createPreview(request: {
    runbookId: string;
    parameters: JsonObject;
    entityRef?: string;
  }): Promise<Preview>;
  /**
   * POST /runs. The same key gives the same run, however often it is sent.
   * 409 when the preview has expired, does not match, or its target is locked.
   */
  startRun(request: {
    previewId: string;
    previewHash: string;
    idempotencyKey: string;
  }): Promise<Run>;
  /** GET /runs */
  getRuns(filter?: RunFilter): Promise<RunPage>;
  /** GET /runs/:id */
  getRun(id: string): Promise<Run>;
  /** GET /runs/:id/events?after&waitSeconds: at most 500 events; waits up to waitSeconds (0 to 20) for the first. */
  getRunEvents(
    id: string,
    options: { after: number; waitSeconds?: number; signal?: AbortSignal },
  ): Promise<{ items: RunEvent[]; run: Run }>;
  /** POST /runs/:id/cancel */
  cancelRun(id: string): Promise<Run>;
  /** GET /runs/:id/audit */
  getRunAudit(id: string): Promise<{ items: AuditEntry[] }>;
  /** GET /runbooks/:id */
  getRunbook(id: string): Promise<RunbookDetail>;
  /** GET /runbook-problems: files that could not be used, and why. */
  getRunbookProblems(): Promise<{ items: RunbookProblem[] }>;
  /** GET /suggestions: at most 20 runbooks that fit, best first. */
  getSuggestions(
    context: SuggestionContext,
  ): Promise<{ items: RunbookSuggestion[] }>;
  /** GET /approvals: runs that wait for an approval, those that the caller may decide first. */
  getWaitingApprovals(): Promise<{ items: WaitingApproval[] }>;
  /**
   * POST /runs/:id/approvals. 403 for one's own run, 409 when the hash is not
   * that of what is to be approved now.
   */
  decideApproval(
    id: string,
    request: {
      decision: RunApproval['decision'];
      previewHash: string;
      comment?: string;
    },
  ): Promise<Run>;
  /** POST /runs/:id/answers: answers a manual step. */
  answerStep(
    id: string,
    request: { stepId: string; answer: JsonObject },
  ): Promise<Run>;
  /**
   * POST /runs/:id/decisions: says what is true of a step whose outcome
   * nothing could tell.
   */
  decideOutcome(
    id: string,
    request: {
      stepId: string;
      outcome: 'done' | 'not-done' | 'stop';
      comment: string;
    },
  ): Promise<Run>;
  /** POST /runs/:id/continue: lends a run the caller's credentials again; only who started it may. */
  continueRun(id: string): Promise<Run>;
  /** GET /pauses: what is paused now, and whether the caller may pause and end pauses. */
  getPauses(): Promise<{ items: RunbookPause[]; mayPause?: Allowance }>;
  /** POST /pauses: nothing is started, and runs stop at their next step. */
  pause(request: {
    scope: RunbookPause['scope'];
    reason: string;
  }): Promise<RunbookPause>;
  /** POST /pauses/end */
  endPause(request: { scope: RunbookPause['scope'] }): Promise<void>;
}
