import { CustomErrorBase } from '@backstage/errors';

/**
 * Trino's answer about a statement that it refused or that failed.
 *
 * @public
 */
export class TrinoQueryError extends CustomErrorBase {
  /** Trino's name of the error, for example `TABLE_NOT_FOUND`. */
  readonly errorName: string;
  readonly errorCode?: number;
  /** USER_ERROR, INTERNAL_ERROR, INSUFFICIENT_RESOURCES or EXTERNAL. */
  readonly errorType?: string;
  readonly queryId?: string;
  /** Trino's own words, without ours. */
  readonly trinoMessage: string;

  constructor(details: {
    errorName: string;
    trinoMessage: string;
    errorCode?: number;
    errorType?: string;
    queryId?: string;
  }) {
    const of = details.queryId ? ` query ${details.queryId}` : ' the statement';
    super(
      `Trino ended${of} with ${details.errorName}: ${details.trinoMessage}`,
    );
    this.errorName = details.errorName;
    this.errorCode = details.errorCode;
    this.errorType = details.errorType;
    this.queryId = details.queryId;
    this.trinoMessage = details.trinoMessage;
  }
}

/**
 * A whole statement took longer than it may. It was ended on the server.
 *
 * @public
 */
export class TrinoTimeoutError extends CustomErrorBase {
  readonly timeoutMs: number;
  readonly queryId?: string;

  constructor(details: {
    connection: string;
    timeoutMs: number;
    queryId?: string;
  }) {
    const name = details.queryId ?? 'that had no id yet';
    super(
      `A query on Trino connection '${details.connection}' (${name}) took longer than ${details.timeoutMs} ms, queueing included, and was ended on the server. See in Trino's UI what it waited for, or allow it more time (lakehouse.trino.connections[].statementTimeout).`,
    );
    this.timeoutMs = details.timeoutMs;
    this.queryId = details.queryId;
  }
}

/**
 * The caller stopped waiting. The query was ended on the server.
 *
 * @public
 */
export class TrinoAbortedError extends CustomErrorBase {
  readonly queryId?: string;

  constructor(details: {
    connection: string;
    queryId?: string;
    cause?: unknown;
  }) {
    const what = details.queryId ? `Query ${details.queryId}` : 'A request';
    super(
      `${what} on Trino connection '${details.connection}' was stopped by its caller before it ended. Nothing more runs on the server; run it again if its answer is still wanted.`,
      details.cause,
    );
    this.queryId = details.queryId;
  }
}

/**
 * An answer had more rows or bytes than may be kept. A statement was ended on the server.
 *
 * @public
 */
export class TrinoLimitError extends CustomErrorBase {
  readonly limit: number;
  readonly unit: 'rows' | 'bytes' | 'statements';
  readonly queryId?: string;

  constructor(details: {
    /** What was limited, as the subject of a sentence. */
    what: string;
    limit: number;
    unit: 'rows' | 'bytes' | 'statements';
    /** What to do next, a whole sentence. */
    remedy: string;
    queryId?: string;
  }) {
    super(
      `${details.what} has more than ${details.limit} ${details.unit} and was given up, to keep memory bounded. ${details.remedy}`,
    );
    this.limit = details.limit;
    this.unit = details.unit;
    this.queryId = details.queryId;
  }
}

/** In which way a Trino can't be had. @public */
export type TrinoUnavailableKind =
  | 'unreachable'
  | 'timeout'
  | 'bad-response'
  | 'server-error'
  | 'breaker-open';

/**
 * Trino could not be reached, or what answered does not speak its protocol.
 *
 * @public
 */
export class TrinoUnavailableError extends CustomErrorBase {
  readonly kind: TrinoUnavailableKind;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  /** What happened, in one clause. */
  readonly reason: string;
  /** What to do next, in one clause. */
  readonly remedy: string;

  constructor(details: {
    connection: string;
    kind: TrinoUnavailableKind;
    reason: string;
    remedy: string;
    status?: number;
    cause?: unknown;
  }) {
    super(
      `Trino connection '${details.connection}' is not usable now: ${details.reason}. To mend it, ${details.remedy}.`,
      details.cause,
    );
    this.kind = details.kind;
    this.status = details.status;
    this.reason = details.reason;
    this.remedy = details.remedy;
  }
}

/**
 * Trino does not know who we are (401), or does not let that user do it (403, or
 * PERMISSION_DENIED of a statement).
 *
 * @public
 */
export class TrinoDeniedError extends CustomErrorBase {
  readonly status: 401 | 403;
  /** The right that is missing, in words of Trino's access rules; unknown for a 401. */
  readonly right?: string;
  readonly queryId?: string;
  /** What happened, in one clause. */
  readonly reason: string;
  /** What to do next, in one clause. */
  readonly remedy: string;

  constructor(details: {
    connection: string;
    status: 401 | 403;
    reason: string;
    remedy: string;
    right?: string;
    queryId?: string;
  }) {
    super(
      `Trino connection '${details.connection}' was refused: ${details.reason}. To allow it, ${details.remedy}.`,
    );
    this.status = details.status;
    this.right = details.right;
    this.queryId = details.queryId;
    this.reason = details.reason;
    this.remedy = details.remedy;
  }
}
