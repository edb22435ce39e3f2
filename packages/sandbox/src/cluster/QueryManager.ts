import { TrinoError } from '../sql/TrinoError';
import { type Random } from '../world/Random';
import { type ClientSession } from './ClientSession';
import { Query } from './Query';
import { QueryCounters } from './QueryCounters';
import { groupChain, selectGroup } from './ResourceGroups';
import { formatDuration, parseDuration } from './units';
import { type Work } from './Work';

export interface QueryManagerOptions {
  random: Random;
  nowMs: () => number;
  /** Simulated run times are divided by this. */
  speed: number;
  onCreated(query: Query): void;
  onCompleted(query: Query): void;
}

export interface SubmitOptions {
  session: ClientSession;
  sql: string;
  /** Makes the statement ready; throws what is wrong with it. */
  prepare(query: Query): Work;
  unattended?: boolean;
}

/** query.max-history of Trino. */
export const MAX_HISTORY = 100;
/** query.client.timeout of Trino. */
const CLIENT_TIMEOUT_MS = 5 * 60_000;
const SWEEP_INTERVAL_MS = 15_000;

function tooLong(limitMs: number): TrinoError {
  return new TrinoError({
    name: 'EXCEEDED_TIME_LIMIT',
    message: `Query exceeded the maximum run time limit of ${formatDuration(
      limitMs,
    )}`,
  });
}

interface Pending {
  query: Query;
  prepare: SubmitOptions['prepare'];
}

/** Admits, runs and remembers queries. */
export class QueryManager {
  readonly counters = new QueryCounters();
  private readonly live = new Map<string, Query>();
  private history: Query[] = [];
  private pending: Pending[] = [];
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly suffix: string;
  private sequence = 0;
  private readonly sweeper: NodeJS.Timeout;

  private constructor(private readonly options: QueryManagerOptions) {
    this.suffix = options.random.hexText(5);
    this.sweeper = setInterval(() => this.sweep(), SWEEP_INTERVAL_MS);
    this.sweeper.unref();
  }

  static create(options: QueryManagerOptions): QueryManager {
    return new QueryManager(options);
  }

  close(): void {
    clearInterval(this.sweeper);
    this.timers.forEach(timer => clearTimeout(timer));
    this.timers.clear();
    this.pending = [];
  }

  get nowMs(): number {
    return this.options.nowMs();
  }

  all(): Query[] {
    return [...this.history, ...this.live.values()];
  }

  active(): Query[] {
    return [...this.live.values()];
  }

  find(id: string): Query | undefined {
    return this.live.get(id) ?? this.history.find(query => query.id === id);
  }

  submit(submission: SubmitOptions): Query {
    const { session, sql, prepare, unattended = false } = submission;
    const resourceGroup = selectGroup(session);
    const query = Query.create({
      id: this.nextId(this.nowMs),
      transactionId: this.options.random.uuid(),
      session,
      sql,
      resourceGroup,
      createdAtMs: this.nowMs,
      unattended,
    });
    this.live.set(query.id, query);
    this.counters.submitted++;
    this.options.onCreated(query);
    const group = groupChain(resourceGroup)?.at(-1);
    const queued = this.queuedIn(resourceGroup);
    if (group && queued >= group.maxQueued) {
      this.fail(
        query,
        new TrinoError({
          name: 'QUERY_QUEUE_FULL',
          message: `Too many queued queries for "${resourceGroup.join('.')}"`,
        }),
      );
      return query;
    }
    this.pending.push({ query, prepare });
    setImmediate(() => this.admit());
    return query;
  }

  /** Puts an ended query of the past into the history. */
  remember(query: Query): void {
    this.history.push(query);
    this.history.sort((a, b) => a.createdAtMs - b.createdAtMs);
    this.history = this.history.slice(-MAX_HISTORY);
  }

  nextId(atMs: number): string {
    const stamp = new Date(atMs).toISOString().replace(/\D/g, '');
    const number = String(this.sequence++ % 100_000).padStart(5, '0');
    return `${stamp.slice(0, 8)}_${stamp.slice(8, 14)}_${number}_${
      this.suffix
    }`;
  }

  queuedIn(path: string[]): number {
    const key = path.join('.');
    return this.active().filter(
      q =>
        q.state === 'QUEUED' &&
        `${q.resourceGroup.join('.')}.`.startsWith(`${key}.`),
    ).length;
  }

  runningIn(path: string[]): number {
    const key = path.join('.');
    return this.active().filter(
      q => q.isRunning && `${q.resourceGroup.join('.')}.`.startsWith(`${key}.`),
    ).length;
  }

  /** Ends a query that is not ended yet, now. */
  fail(query: Query, error: TrinoError): void {
    if (!query.isDone) {
      query.error = error;
      this.end(query, 'FAILED');
    }
  }

  /** Called when a client has fetched the last row. */
  finish(query: Query): void {
    if (!query.isDone) {
      this.end(query, 'FINISHED');
    }
  }

  private admit(): void {
    const waiting = this.pending;
    this.pending = [];
    for (const item of waiting) {
      if (item.query.isDone) {
        continue;
      }
      if (this.hasRoom(item.query.resourceGroup)) {
        this.start(item);
      } else {
        this.pending.push(item);
      }
    }
  }

  private hasRoom(path: string[]): boolean {
    return (groupChain(path) ?? []).every(
      (group, i) =>
        this.runningIn(path.slice(0, i + 1)) < group.hardConcurrencyLimit,
    );
  }

  private start({ query, prepare }: Pending): void {
    // Seen as running by its own look at system.runtime.queries.
    query.state = 'RUNNING';
    query.startedAtMs = this.nowMs;
    this.counters.started++;
    try {
      query.work = prepare(query);
    } catch (error) {
      this.fail(query, TrinoError.from(error));
      return;
    }
    query.cost = { ...query.work.cost };
    query.cost.runMs = Math.max(1, query.cost.runMs / this.options.speed);
    query.planningMs = Math.min(250, Math.max(3, query.cost.runMs * 0.1));
    query.notify();
    const limit = query.session.properties.get('query_max_run_time');
    const limitMs = parseDuration(limit ?? '') ?? Infinity;
    const timer = setTimeout(() => {
      if (limit !== undefined && query.cost.runMs > limitMs) {
        this.fail(query, tooLong(limitMs));
      } else {
        this.complete(query);
      }
    }, Math.min(query.cost.runMs, limitMs));
    this.timers.set(query.id, timer);
  }

  private complete(query: Query): void {
    this.timers.delete(query.id);
    if (query.isDone || !query.work) {
      return;
    }
    if (query.work.failure) {
      this.fail(query, query.work.failure);
      return;
    }
    try {
      const result = query.work.execute();
      query.rows = result.rows[Symbol.iterator]();
      query.updateCount = result.updateCount;
      query.cost = { ...query.cost, ...result.cost };
    } catch (error) {
      this.fail(query, TrinoError.from(error));
      return;
    }
    if (query.unattended) {
      this.end(query, 'FINISHED');
    } else {
      query.lastSeenMs = this.nowMs;
      query.notify();
    }
  }

  private end(query: Query, state: 'FINISHED' | 'FAILED'): void {
    clearTimeout(this.timers.get(query.id));
    this.timers.delete(query.id);
    query.state = state;
    query.endedAtMs = this.nowMs;
    this.live.delete(query.id);
    this.history.push(query);
    this.history = this.history.slice(-MAX_HISTORY);
    this.counters.count(query);
    query.notify();
    this.options.onCompleted(query);
    setImmediate(() => this.admit());
  }

  /** Clients that never came back lose their query, as in Trino. */
  private sweep(): void {
    const now = this.nowMs;
    for (const query of this.active()) {
      const idle = now - query.lastSeenMs;
      if (!query.unattended && idle > CLIENT_TIMEOUT_MS) {
        const seen = new Date(query.lastSeenMs).toISOString();
        this.fail(
          query,
          new TrinoError({
            name: 'ABANDONED_QUERY',
            message: `Query ${
              query.id
            } has not been accessed since ${seen}: currentTime ${new Date(
              now,
            ).toISOString()}`,
          }),
        );
      }
    }
  }
}
