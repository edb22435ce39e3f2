import { CustomErrorBase } from '@backstage/errors';

/** In which way a system can't be had. @public */
export type UnavailableKind =
  | 'unreachable'
  | 'timeout'
  | 'bad-response'
  | 'server-error'
  | 'breaker-open';

/** @public */
export interface UnavailableDetails {
  readonly connection: string;
  readonly kind: UnavailableKind;
  /** What happened, in one clause. */
  readonly reason: string;
  /** What to do next, in one clause. */
  readonly remedy: string;
  /** The HTTP status, where there was an answer. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** @public */
export interface DeniedDetails {
  readonly connection: string;
  /** 401: not known who asks. 403: known, and not permitted. */
  readonly status: 401 | 403;
  readonly reason: string;
  readonly remedy: string;
  /** The right that is missing, in the system's own words. */
  readonly right?: string;
}

/** @public */
export interface LimitDetails {
  /** What was limited, as the subject of a sentence. */
  readonly what: string;
  readonly limit: number;
  /** Of what there were too many: `bytes`, `rows`, `points`. */
  readonly unit: string;
  /** What to do next, a whole sentence. */
  readonly remedy: string;
}

/** @public */
export interface AbortedDetails {
  readonly connection: string;
  readonly cause?: unknown;
}

/**
 * A system could not be reached, or what answered does not speak its protocol.
 *
 * @public
 */
export class ConnectionUnavailableError extends CustomErrorBase {
  readonly connection: string;
  readonly kind: UnavailableKind;
  readonly status?: number;
  readonly reason: string;
  readonly remedy: string;

  /** @param system - the system's name, as people write it */
  constructor(system: string, details: UnavailableDetails) {
    super(
      `${system} connection '${details.connection}' is not usable now: ${details.reason}. To mend it, ${details.remedy}.`,
      details.cause,
    );
    this.connection = details.connection;
    this.kind = details.kind;
    this.status = details.status;
    this.reason = details.reason;
    this.remedy = details.remedy;
  }
}

/**
 * A system does not know who we are, or does not let us do it.
 *
 * @public
 */
export class ConnectionDeniedError extends CustomErrorBase {
  readonly connection: string;
  readonly status: 401 | 403;
  readonly right?: string;
  readonly reason: string;
  readonly remedy: string;

  constructor(system: string, details: DeniedDetails) {
    super(
      `${system} connection '${details.connection}' was refused: ${details.reason}. To allow it, ${details.remedy}.`,
    );
    this.connection = details.connection;
    this.status = details.status;
    this.right = details.right;
    this.reason = details.reason;
    this.remedy = details.remedy;
  }
}

/**
 * An answer had more than may be kept.
 *
 * @public
 */
export class ConnectionLimitError extends CustomErrorBase {
  readonly limit: number;
  readonly unit: string;

  constructor(details: LimitDetails) {
    super(
      `${details.what} has more than ${details.limit} ${details.unit} and was given up, to keep memory bounded. ${details.remedy}`,
    );
    this.limit = details.limit;
    this.unit = details.unit;
  }
}

/**
 * The caller stopped waiting.
 *
 * @public
 */
export class ConnectionAbortedError extends CustomErrorBase {
  readonly connection: string;

  constructor(system: string, details: AbortedDetails) {
    super(
      `A request on ${system} connection '${details.connection}' was stopped by its caller before it ended. Do it again if its answer is still wanted.`,
      details.cause,
    );
    this.connection = details.connection;
  }
}

/** Makes the errors of one system. @public */
export interface ConnectionErrors {
  unavailable(details: UnavailableDetails): ConnectionUnavailableError;
  denied(details: DeniedDetails): ConnectionDeniedError;
  limit(details: LimitDetails): ConnectionLimitError;
  /** An error that {@link ConnectionErrors.isAborted} knows. */
  aborted(details: AbortedDetails): Error;
  isAborted(error: unknown): boolean;
}

/**
 * The plain errors of a system.
 *
 * @param system - the system's name, as people write it
 * @public
 */
export function connectionErrors(system: string): ConnectionErrors {
  return {
    unavailable: details => new ConnectionUnavailableError(system, details),
    denied: details => new ConnectionDeniedError(system, details),
    limit: details => new ConnectionLimitError(details),
    aborted: details => new ConnectionAbortedError(system, details),
    isAborted: error => error instanceof ConnectionAbortedError,
  };
}
