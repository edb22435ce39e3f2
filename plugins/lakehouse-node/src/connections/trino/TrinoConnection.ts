import type { JsonValue } from '@backstage/types';
import type {
  Capability,
  QueryState,
} from '@lakehouse-ops/plugin-lakehouse-common';

/**
 * A value of a result row. 64-bit integers and decimals beyond what a double
 * holds exactly come as strings of digits; rows and maps as JSON values.
 *
 * @public
 */
export type TrinoValue = JsonValue;

/** @public */
export interface TrinoColumn {
  readonly name: string;
  /** Trino's type, for example `bigint` or `map(varchar, varchar)`. */
  readonly type: string;
}

/** @public */
export interface TrinoResult {
  readonly queryId: string;
  readonly columns: readonly TrinoColumn[];
  /** One object a row, by column name. */
  readonly rows: ReadonlyArray<Readonly<Record<string, TrinoValue>>>;
  /** The row or byte limit cut the result; the query was cancelled on the server. */
  readonly truncated: boolean;
  readonly updateType?: string;
  readonly updateCount?: number;
  readonly elapsedMs: number;
}

/** @public */
export interface TrinoProgress {
  readonly queryId: string;
  readonly state: string;
  /** 0 to 100, where Trino tells it. */
  readonly percent?: number;
  readonly processedRows?: number;
  readonly processedBytes?: number;
}

/** @public */
export interface TrinoStatementOptions {
  /** The whole statement, queueing included; then it is cancelled on the server. From config unless told. */
  readonly timeoutMs?: number;
  /** 10,000 unless told. */
  readonly maxRows?: number;
  /** 16 MiB of response bodies unless told. */
  readonly maxBytes?: number;
  /** What to do at a limit: fail, or keep what came and cancel the rest. `fail` unless told. */
  readonly onLimit?: 'fail' | 'truncate';
  /** Aborting cancels the query on the server. */
  readonly signal?: AbortSignal;
  readonly session?: Readonly<Record<string, string>>;
  /** Added to the connection's own client tags. */
  readonly clientTags?: readonly string[];
  readonly catalog?: string;
  readonly schema?: string;
  /** Called once, as soon as the server has given the query an id. */
  readonly onQueryId?: (queryId: string) => void | Promise<void>;
  /** Called for each answer of the server. */
  readonly onProgress?: (progress: TrinoProgress) => void;
}

/** A query in the coordinator's list (`GET /v1/query`). Sizes in bytes, times in ms. @public */
export interface TrinoListedQuery {
  readonly queryId: string;
  readonly state: QueryState;
  readonly user: string;
  readonly source?: string;
  readonly clientTags: readonly string[];
  /** What the client sent as `X-Trino-Trace-Token`, or else the W3C traceparent of Trino's own span. */
  readonly traceToken?: string;
  readonly resourceGroup: readonly string[];
  readonly queryType?: string;
  readonly query: string;
  readonly createdAt: string;
  readonly endedAt?: string;
  readonly queuedMs?: number;
  readonly elapsedMs?: number;
  readonly executionMs?: number;
  readonly cpuMs?: number;
  readonly peakMemoryBytes?: number;
  readonly physicalInputBytes?: number;
  /** 0 to 1. */
  readonly progress?: number;
  readonly errorName?: string;
  readonly errorCode?: number;
  readonly errorType?: string;
}

/** @public */
export type TrinoKillResult =
  /** The query was running and is being ended with our message. */
  | { readonly outcome: 'killed' }
  /** It had ended before. */
  | { readonly outcome: 'already-ended'; readonly state?: string }
  /** The coordinator does not know it (any more). */
  | { readonly outcome: 'not-found' };

/** What a probe found out. @public */
export interface TrinoCapabilities {
  readonly probedAt: string;
  readonly version: string;
  readonly environment?: string;
  readonly coordinator: boolean;
  readonly starting: boolean;
  readonly catalogs: ReadonlyArray<{
    readonly name: string;
    readonly connector: string;
  }>;
  /** `query.list`, `query.kill`, `nodes.read`, `metrics.read`, `resource-groups.read`, `catalog.<name>.metadata-tables`, … */
  readonly capabilities: readonly Capability[];
}

/** One resource group as `/v1/resourceGroupState` tells it. @public */
export interface TrinoResourceGroup {
  readonly path: string;
  readonly state?: string;
  readonly running: number;
  readonly queued: number;
  readonly hardConcurrencyLimit?: number;
  readonly maxQueued?: number;
  readonly softMemoryLimitBytes?: number;
  readonly memoryUsageBytes?: number;
}

/**
 * One Trino cluster. All calls share a circuit breaker; while it is open they
 * fail at once with a TrinoUnavailableError. Every error is one of the classes of
 * ./errors.
 *
 * @public
 */
export interface TrinoConnection {
  readonly id: string;
  readonly title: string;
  /** Where people look at the cluster, for deep links. */
  readonly uiUrl?: string;
  /** The user that statements run as. */
  readonly user: string;
  /** `source` of all our statements; queries with it are our own. */
  readonly source: string;

  /**
   * Runs one statement to its end.
   *
   * @throws TrinoQueryError when Trino refuses or fails it; TrinoTimeoutError;
   * TrinoLimitError; TrinoUnavailableError; TrinoDeniedError
   */
  query(sql: string, options?: TrinoStatementOptions): Promise<TrinoResult>;

  /** Ends a query as its owner would; no error when it is not known. */
  cancel(queryId: string): Promise<void>;

  /** Ends a query as an administrator: its client sees ADMINISTRATIVELY_KILLED with the message. */
  kill(queryId: string, message: string): Promise<TrinoKillResult>;

  /** The coordinator's list, running and recent; narrowed to states when told. Only what the user may view. */
  listQueries(options?: {
    states?: readonly QueryState[];
    signal?: AbortSignal;
  }): Promise<TrinoListedQuery[]>;

  /** One query of that list; undefined when the coordinator does not know it (any more). */
  getQuery(
    queryId: string,
    options?: { signal?: AbortSignal },
  ): Promise<TrinoListedQuery | undefined>;

  /**
   * Named OpenMetrics figures, asked by name so that the page stays small.
   * A name that the server does not have is absent from the map.
   */
  metrics(
    names: readonly string[],
    options?: { signal?: AbortSignal },
  ): Promise<ReadonlyMap<string, number>>;

  /** A root resource group and all below it, flat. */
  resourceGroups(
    root: string,
    options?: { signal?: AbortSignal },
  ): Promise<TrinoResourceGroup[]>;

  /** The last probe, probing first when there was none or it is older than its time to live. */
  capabilities(options?: { refresh?: boolean }): Promise<TrinoCapabilities>;

  /** What is known without asking: the last probe and the breaker's state. */
  status(): {
    readonly capabilities?: TrinoCapabilities;
    readonly available: boolean;
    readonly lastError?: Error;
  };
}
