import { type SqlRow } from '../sql/SqlValue';
import { type TrinoError, type TrinoErrorCode } from '../sql/TrinoError';
import { type ClientSession } from './ClientSession';
import { type Cost, NO_COST, type Work } from './Work';

export type QueryState = 'QUEUED' | 'RUNNING' | 'FINISHED' | 'FAILED';

export interface QueryOptions {
  id: string;
  transactionId: string;
  session: ClientSession;
  sql: string;
  resourceGroup: string[];
  createdAtMs: number;
  /** Nobody fetches its results: it ends when its work is done. */
  unattended: boolean;
}

const ANALYSIS_SHARE = 0.3;

/** One query from submission to its end. */
export class Query {
  readonly id: string;
  readonly transactionId: string;
  readonly session: ClientSession;
  readonly sql: string;
  readonly resourceGroup: string[];
  readonly createdAtMs: number;
  readonly unattended: boolean;
  state: QueryState = 'QUEUED';
  work: Work | undefined;
  error: TrinoError | undefined;
  startedAtMs: number | undefined;
  endedAtMs: number | undefined;
  planningMs = 0;
  rows: Iterator<SqlRow> | undefined;
  updateCount: number | undefined;
  cost: Cost = NO_COST;
  outputRows = 0;
  outputBytes = 0;
  lastSeenMs: number;
  private waiters: (() => void)[] = [];

  private constructor(options: QueryOptions) {
    this.id = options.id;
    this.transactionId = options.transactionId;
    this.session = options.session;
    this.sql = options.sql;
    this.resourceGroup = options.resourceGroup;
    this.createdAtMs = options.createdAtMs;
    this.unattended = options.unattended;
    this.lastSeenMs = options.createdAtMs;
  }

  static create(options: QueryOptions): Query {
    return new Query(options);
  }

  get isDone(): boolean {
    return this.state === 'FINISHED' || this.state === 'FAILED';
  }

  get isRunning(): boolean {
    return !this.isDone && this.state !== 'QUEUED';
  }

  get analysisMs(): number {
    return this.planningMs * ANALYSIS_SHARE;
  }

  get errorCode(): TrinoErrorCode | undefined {
    return this.error?.code;
  }

  /** From 0 to 1: how much of the run time is over. */
  progress(nowMs: number): number {
    if (this.state === 'FINISHED') {
      return 1;
    }
    if (this.startedAtMs === undefined) {
      return 0;
    }
    const runMs = this.cost.runMs || 1;
    const until = this.endedAtMs ?? nowMs;
    return Math.min(1, Math.max(0, (until - this.startedAtMs) / runMs));
  }

  /** Memory rises to its peak over the first fifth of the run. */
  reservedBytes(nowMs: number): number {
    return this.isRunning
      ? Math.round(
          this.cost.peakMemoryBytes * Math.min(1, this.progress(nowMs) * 5),
        )
      : 0;
  }

  queuedMs(nowMs: number): number {
    return (this.startedAtMs ?? this.endedAtMs ?? nowMs) - this.createdAtMs;
  }

  elapsedMs(nowMs: number): number {
    return (this.endedAtMs ?? nowMs) - this.createdAtMs;
  }

  executionMs(nowMs: number): number {
    return this.startedAtMs === undefined
      ? 0
      : (this.endedAtMs ?? nowMs) - this.startedAtMs;
  }

  /** Resolves at the next change, or after the time is up. */
  changed(timeoutMs: number): Promise<void> {
    return new Promise(resolve => {
      const timer = setTimeout(done, timeoutMs);
      timer.unref();
      function done() {
        clearTimeout(timer);
        resolve();
      }
      this.waiters.push(done);
    });
  }

  notify(): void {
    const { waiters } = this;
    this.waiters = [];
    waiters.forEach(wake => wake());
  }
}
