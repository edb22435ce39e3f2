import type { JsonObject, JsonValue } from '@backstage/types';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type {
  AuditEntry,
  Preview,
  Run,
  RunEvent,
  RunFilter,
  RunPage,
  RunStep,
  RunWaiting,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { AuditRecord } from '@lakehouse-ops/plugin-runbooks-node';
import type { RunQuery } from '../permissions/runResource';
import type { NewRun } from './NewRun';

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
  /** What single actions of runs kept that were begun before steps had records. */
  readonly memory: JsonObject;
  /** Lines in its log. */
  readonly eventCount: number;
  /** Keys that it still has to get before its first step. */
  readonly wantedLocks?: readonly string[];
  /** Counts the processes that held the run; a write with an older one is refused. */
  readonly fencingToken: number;
  readonly leaseOwner?: string;
  readonly leaseUntil?: string;
}

/** How long something is waited for; decided once, so that waking does not prolong it. */
export interface WaitSpan {
  readonly since: string;
  readonly until: string;
}

/**
 * What the engine keeps of a step of a run. What stands here was decided, and
 * is not decided again by whoever goes on with the run.
 */
export interface StepRecord {
  /**
   * The step's id, with the place of the entry when it is done for each entry
   * of a list: `flush`, `flush#3`. Empty: the run itself, and its only step
   * when it is of a single action.
   */
  readonly key: string;
  readonly state?: RunStep['state'];
  /** What `if` came to. */
  readonly wanted?: boolean;
  /** Secrets are taken out. */
  readonly input?: JsonObject;
  /** What the world looked like when people were shown what it would do. */
  readonly fingerprint?: JsonObject;
  /** What its action remembered. */
  readonly memory?: JsonObject;
  readonly output?: JsonValue;
  /** What a verify step read before the first step that acts; null when it could not. */
  readonly before?: JsonValue;
  /** The list that it is done for. */
  readonly items?: readonly JsonValue[];
  /** Counts from 1. */
  readonly attempt?: number;
  /** Its input had secrets in it: they have to be filled in again. */
  readonly hasSecrets?: boolean;
  /** It took effect in part: what it works on is no longer as it was previewed. */
  readonly partlyDone?: boolean;
  /** When a verify step began to look. */
  readonly since?: string;
  /** Why it did not go well. */
  readonly error?: Run['error'];
  /** How long it waits for people, by what for. */
  readonly waits?: Readonly<Record<string, WaitSpan>>;
  /** Hash of what was previewed when the step was reached. */
  readonly previewHash?: string;
  /** Known of an outcome that nothing could tell. */
  readonly facts?: string;
  /** Of the run: how it will end, once what is left to do is done. */
  readonly verdict?: {
    readonly state: 'failed' | 'cancelled' | 'outcome-unknown';
    readonly error: NonNullable<Run['error']>;
  };
  /** Of the run: those who had to agree before the first step did. */
  readonly approved?: boolean;
  /** Of the run: what verify steps compare with was read. */
  readonly beforeRead?: boolean;
  /** Of the run: it queued for its locks, behind this run at last. */
  readonly queuedBehind?: string;
  /** Of the run: the holders up to this one gave it back in good order. */
  readonly settledToken?: number;
}

/** What identifies the holder of a run to the store. */
export interface RunLease {
  readonly runId: string;
  readonly owner: string;
  readonly fencingToken: number;
}

/** What others may have changed of a run, as it is after a write. */
export interface RunAdvance {
  readonly eventCount: number;
  readonly cancelRequestedBy?: string;
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
  /** Given with the state `waiting`; any other state clears it. */
  readonly waitingFor?: RunWaiting;
  /** Each stands in the place of the one with its key. */
  readonly stepRecords?: readonly StepRecord[];
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
   * Creates a run and takes its locks, or lets it queue for them. With a known
   * pair of user and idempotency key it gives the run that exists. It waits at
   * once when others have to approve it.
   *
   * @throws ConflictError when it is paused, beyond a limit, when a lock is held
   * or the preview was used, naming holder and run; ServiceUnavailableError
   * when too many runs wait
   */
  createRun(options: NewRun): Promise<{ record: RunRecord; created: boolean }>;
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

  getStepRecords(runId: string): Promise<StepRecord[]>;

  /** Ids of unfinished runs that nobody holds and that do not wait, oldest first. */
  listClaimable(limit: number): Promise<string[]>;
  /**
   * Takes an unfinished run that nobody holds; undefined when somebody does, or
   * when it waits. Leases are told by the database's clock: those of the
   * processes may differ.
   */
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
   * Changes a run that is held, and adds to its log. A final state also ends the lease and frees
   * the locks; `waiting` ends the lease and keeps them.
   *
   * @throws LeaseLostError
   */
  advance(options: {
    lease: RunLease;
    change: RunChange;
    events?: readonly NewRunEvent[];
    audit?: readonly AuditRecord[];
  }): Promise<RunAdvance>;
  /**
   * Takes locks for a run that is held, besides those that it has.
   *
   * @throws ConflictError naming holder and run; LeaseLostError
   */
  takeLocks(options: {
    lease: RunLease;
    holder: string;
    keys: readonly string[];
  }): Promise<void>;
  /**
   * Lets a run that is `waiting` be taken again.
   *
   * @param options.audit - written only when it was waiting
   * @returns whether it was
   */
  wake(options: { runId: string; audit?: AuditRecord }): Promise<boolean>;
  /** Ids of runs whose waiting has lasted as long as it may. */
  listWaitExpired(now: Date, limit: number): Promise<string[]>;
  /**
   * Notes who wants an unfinished run to stop, and wakes it when it waits; the
   * first to ask stays noted.
   */
  requestCancel(options: {
    runId: string;
    by: string;
    audit: AuditRecord;
  }): Promise<RunRecord | undefined>;

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
