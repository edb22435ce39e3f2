import { CustomErrorBase } from '@backstage/errors';
import {
  type AbortedDetails,
  ConnectionDeniedError,
  type ConnectionErrors,
  ConnectionLimitError,
  ConnectionUnavailableError,
  type DeniedDetails,
  type LimitDetails,
  type UnavailableDetails,
  type UnavailableKind,
} from '../shared/errors';

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
export class TrinoLimitError extends ConnectionLimitError {
  readonly queryId?: string;

  constructor(details: LimitDetails & { queryId?: string }) {
    super(details);
    this.queryId = details.queryId;
  }
}

/** In which way a Trino can't be had. @public */
export type TrinoUnavailableKind = UnavailableKind;

/**
 * Trino could not be reached, or what answered does not speak its protocol.
 *
 * @public
 */
export class TrinoUnavailableError extends ConnectionUnavailableError {
  constructor(details: UnavailableDetails) {
    super('Trino', details);
  }
}

/**
 * Trino does not know who we are (401), or does not let that user do it (403, or
 * PERMISSION_DENIED of a statement).
 *
 * @public
 */
export class TrinoDeniedError extends ConnectionDeniedError {
  readonly queryId?: string;

  constructor(details: DeniedDetails & { queryId?: string }) {
    super('Trino', details);
    this.queryId = details.queryId;
  }
}

/** Makes Trino's errors for what all systems share. */
export const trinoErrors: ConnectionErrors = {
  unavailable: details => new TrinoUnavailableError(details),
  denied: details => new TrinoDeniedError(details),
  limit: details => new TrinoLimitError(details),
  aborted: (details: AbortedDetails) => new TrinoAbortedError(details),
  isAborted: error => error instanceof TrinoAbortedError,
};
