import type { JsonObject } from '@backstage/types';
import type {
  Allowance,
  AuditEntry,
  Preview,
  Run,
  RunEvent,
  RunFilter,
  RunPage,
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
}
