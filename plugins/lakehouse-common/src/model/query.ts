import type { Gap } from './gap';
import type { ExternalLink } from './link';

/**
 * A query's state. Trino's own names, and `UNKNOWN` for a query that vanished
 * before anything told how it ended.
 *
 * @public
 */
export type QueryState =
  | 'QUEUED'
  | 'WAITING_FOR_RESOURCES'
  | 'DISPATCHING'
  | 'PLANNING'
  | 'STARTING'
  | 'RUNNING'
  | 'FINISHING'
  | 'FINISHED'
  | 'FAILED'
  | 'UNKNOWN';

/** All query states, in the order of a query's life. @public */
export const QUERY_STATES: readonly QueryState[] = [
  'QUEUED',
  'WAITING_FOR_RESOURCES',
  'DISPATCHING',
  'PLANNING',
  'STARTING',
  'RUNNING',
  'FINISHING',
  'FINISHED',
  'FAILED',
  'UNKNOWN',
];

/** Whether a query in this state will not change any more. @public */
export function isFinalQueryState(state: QueryState): boolean {
  return state === 'FINISHED' || state === 'FAILED' || state === 'UNKNOWN';
}

/**
 * Trino's error categories (`io.trino.spi.ErrorType`).
 *
 * @public
 */
export type QueryErrorType =
  | 'USER_ERROR'
  | 'INTERNAL_ERROR'
  | 'INSUFFICIENT_RESOURCES'
  | 'EXTERNAL';

/** @public */
export interface QueryError {
  readonly code?: number;
  readonly name: string;
  readonly type?: QueryErrorType;
  readonly message?: string;
}

/**
 * One query as it is known: what the event listener told and what was polled,
 * met in one row. A field that nothing has told is absent, never 0.
 *
 * @public
 */
export interface QueryRecord {
  readonly connection: string;
  readonly queryId: string;
  readonly state: QueryState;
  readonly user?: string;
  readonly source?: string;
  readonly clientTags: readonly string[];
  /** Path from the root, for example `['global', 'etl']`. */
  readonly resourceGroup: readonly string[];
  /** Trino's query type: SELECT, INSERT, ALTER_TABLE_EXECUTE, … */
  readonly queryType?: string;
  /** ISO times. */
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly queuedMs?: number;
  readonly analysisMs?: number;
  readonly planningMs?: number;
  readonly executionMs?: number;
  readonly wallMs?: number;
  readonly cpuMs?: number;
  readonly physicalInputBytes?: number;
  readonly physicalInputRows?: number;
  readonly outputBytes?: number;
  readonly outputRows?: number;
  readonly writtenBytes?: number;
  readonly writtenRows?: number;
  readonly spilledBytes?: number;
  readonly peakMemoryBytes?: number;
  /** Share of splits done, 0 to 1, of a running query. */
  readonly progress?: number;
  /** `catalog.schema.table` names, quoted where needed (see formatTableName). */
  readonly tablesRead: readonly string[];
  readonly tablesWritten: readonly string[];
  readonly error?: QueryError;
  /** Limited in length, with secrets masked. */
  readonly queryText?: string;
  readonly queryTextTruncated?: boolean;
  /**
   * What the client sent as `X-Trino-Trace-Token`: a W3C traceparent, a bare
   * trace id, or anything else. Where it sent none, the traceparent of Trino's
   * own span, when its tracing is on.
   */
  readonly traceToken?: string;
  /** Who told: the event listener, the poll, or both. */
  readonly observedBy: ReadonlyArray<'listener' | 'poll'>;
  /** ISO time of the last observation. */
  readonly observedAt: string;
}

/** One query when it is looked at alone. @public */
export interface QueryView extends QueryRecord {
  /** To where more is known of it, from `lakehouse.links` of the config. */
  readonly links?: readonly ExternalLink[];
}

/**
 * What a list of queries can be narrowed to. Every field that is given must match.
 *
 * @public
 */
export interface QueryFilter {
  readonly states?: readonly QueryState[];
  readonly user?: string;
  readonly source?: string;
  readonly clientTag?: string;
  readonly resourceGroup?: string;
  /** `catalog.schema.table`, read or written. */
  readonly table?: string;
  /** An error name such as `EXCEEDED_LOCAL_MEMORY_LIMIT`, or an error type such as `USER_ERROR`. */
  readonly error?: string;
  readonly minWallMs?: number;
  readonly maxWallMs?: number;
  /** Part of the query text or of the id, compared without case. */
  readonly text?: string;
  /** ISO times: created in [from, to). Queries still running at `from` count as inside. */
  readonly from?: string;
  readonly to?: string;
}

/** @public */
export type QuerySort =
  | 'createdAt'
  | 'wallMs'
  | 'queuedMs'
  | 'cpuMs'
  | 'peakMemoryBytes'
  | 'physicalInputBytes'
  | 'state'
  | 'user'
  | 'source';

/** @public */
export interface QueryPageRequest extends QueryFilter {
  readonly sort?: QuerySort;
  readonly order?: 'asc' | 'desc';
  /** 1 to 200, 50 unless told. */
  readonly limit?: number;
  readonly offset?: number;
}

/** @public */
export interface QueryPage {
  readonly items: readonly QueryRecord[];
  /** How many match in all. */
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
  /** Why queries may be missing or the page may be old. */
  readonly gaps?: readonly Gap[];
}

/** Latency of the queries that ended in one span of time. @public */
export interface QueryLatencyBucket {
  /** ISO start of the bucket. */
  readonly start: string;
  readonly finished: number;
  readonly failed: number;
  /** Wall time quantiles in ms; absent where no query ended. */
  readonly p50Ms?: number;
  readonly p95Ms?: number;
  readonly p99Ms?: number;
}

/** @public */
export interface QueryStats {
  readonly from: string;
  readonly to: string;
  readonly bucketMs: number;
  readonly buckets: readonly QueryLatencyBucket[];
  /** Counts of wall time; the last bin has no upper bound. */
  readonly histogram: ReadonlyArray<{
    readonly fromMs: number;
    readonly toMs?: number;
    readonly count: number;
    readonly failed: number;
  }>;
  readonly overall: {
    readonly ended: number;
    readonly failed: number;
    readonly running: number;
    readonly queued: number;
    readonly p50Ms?: number;
    readonly p95Ms?: number;
    readonly p99Ms?: number;
  };
  /** The most frequent values of what queries can be filtered by, at most 20 each. */
  readonly facets: {
    readonly users: readonly Facet[];
    readonly sources: readonly Facet[];
    readonly errors: readonly Facet[];
    readonly tables: readonly Facet[];
    readonly resourceGroups: readonly Facet[];
  };
  /** Times of the range in which queries were not observed. */
  readonly gaps?: readonly Gap[];
  /** Set when there were too many queries to read them all: figures are of the newest this many. */
  readonly truncatedTo?: number;
}

/** @public */
export interface Facet {
  readonly value: string;
  readonly count: number;
}
