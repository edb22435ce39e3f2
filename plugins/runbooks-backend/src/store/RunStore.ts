import type { JsonObject } from '@backstage/types';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type {
  AuditEntry,
  Preview,
  Run,
  RunEvent,
  RunFilter,
  RunPage,
  RunStep,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { AuditRecord } from '@lakehouse-ops/plugin-runbooks-node';
import type { RunQuery } from '../permissions/runResource';

/** A preview with what only the engine needs of it. */
export interface StoredPreview {
  readonly preview: Preview;
  /** Entity ref of the user that it was made for. */
  readonly owner: string;
  readonly entityRef?: string;
  readonly fingerprint: JsonObject;
}

/** A run with what only the engine needs of it. */
export interface RunRecord {
  readonly run: Run;
  readonly previewId: string;
  readonly fingerprint: JsonObject;
  readonly memory: JsonObject;
  /** Counts the processes that held the run; a write with an older one is refused. */
  readonly fencingToken: number;
  readonly leaseOwner?: string;
  readonly leaseUntil?: string;
}

/** What identifies the holder of a run to the store. */
export interface RunLease {
  readonly runId: string;
  readonly owner: string;
  readonly fencingToken: number;
}

/** What may be changed of a run. A field that is absent stays as it is. */
export interface RunChange {
  readonly state?: Run['state'];
  readonly steps?: readonly RunStep[];
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly output?: JsonObject;
  readonly verification?: Run['verification'];
  readonly error?: Run['error'];
  readonly memory?: JsonObject;
}

/** A line to be added to a run's log. */
export type NewRunEvent = Omit<RunEvent, 'sequence'>;

/** The lease was lost: another process may hold the run now. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';

  constructor(runId: string) {
    super(
      `This process no longer holds run ${runId}; another one goes on with it`,
    );
  }
}

/**
 * Where runs are kept. Each method is one transaction, together with the
 * audit records given to it.
 */
export interface RunStore {
  savePreview(preview: StoredPreview, audit: AuditRecord): Promise<void>;
  getPreview(id: string): Promise<StoredPreview | undefined>;
  /** @returns how many were deleted */
  deletePreviewsExpiredBefore(time: Date): Promise<number>;

  /**
   * Creates a run and takes its locks. With a known pair of user and
   * idempotency key it gives the run that exists.
   *
   * @throws ConflictError when a lock is held or the preview was used,
   * naming holder and run; ServiceUnavailableError when too many runs wait
   */
  createRun(options: {
    run: Run;
    fingerprint: JsonObject;
    idempotencyKey: string;
    lockKeys: readonly string[];
    maxUnfinishedRuns: number;
    audit: AuditRecord;
  }): Promise<{ record: RunRecord; created: boolean }>;
  findByIdempotencyKey(
    startedBy: string,
    idempotencyKey: string,
  ): Promise<RunRecord | undefined>;
  getRun(id: string): Promise<RunRecord | undefined>;
  /** @param visible - what of them the caller may see; all when absent */
  listRuns(
    filter: RunFilter,
    visible?: PermissionCriteria<RunQuery>,
  ): Promise<RunPage>;

  /** Ids of unfinished runs that nobody holds, oldest first. */
  listClaimable(limit: number): Promise<string[]>;
  /** Takes an unfinished run that nobody holds; undefined when somebody does. */
  claim(options: {
    runId: string;
    owner: string;
    leaseMs: number;
  }): Promise<RunRecord | undefined>;
  /**
   * Prolongs a lease.
   *
   * @returns undefined when it was lost
   */
  heartbeat(
    lease: RunLease,
    leaseMs: number,
  ): Promise<{ cancelRequestedBy?: string } | undefined>;
  /** Gives a run back for any process to go on with. */
  release(lease: RunLease): Promise<void>;
  /**
   * Changes a run that is held. A final state also ends the lease and frees
   * the locks.
   *
   * @throws LeaseLostError
   */
  advance(options: {
    lease: RunLease;
    change: RunChange;
    events?: readonly NewRunEvent[];
    audit?: readonly AuditRecord[];
  }): Promise<RunRecord>;
  /** Notes who wants an unfinished run to stop; the first to ask stays noted. */
  requestCancel(options: {
    runId: string;
    by: string;
    audit: AuditRecord;
  }): Promise<RunRecord | undefined>;

  /**
   * Adds to a run's log.
   *
   * @returns how many events the run has now
   * @throws LeaseLostError
   */
  appendEvents(
    lease: RunLease,
    events: readonly NewRunEvent[],
  ): Promise<number>;
  getEvents(options: {
    runId: string;
    after: number;
    limit: number;
  }): Promise<RunEvent[]>;

  /** Deletes the logs of runs that ended before a time; the runs stay. */
  deleteEventsOfRunsEndedBefore(time: Date): Promise<number>;

  appendAudit(record: AuditRecord): Promise<void>;
  getRunAudit(runId: string, limit: number): Promise<AuditEntry[]>;
  /** The chain, oldest first. */
  readAudit(options: { after: number; limit: number }): Promise<AuditEntry[]>;
}
