import { NotFoundError, toError } from '@backstage/errors';
import type { GapCode } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  TrinoAbortedError,
  TrinoDeniedError,
  TrinoLimitError,
  TrinoQueryError,
  TrinoTimeoutError,
  TrinoUnavailableError,
  TrinoUnavailableKind,
} from './errors';

/** What a Gap says about an error of a connection. @public */
export interface TrinoErrorDescription {
  readonly code: GapCode;
  /** What happened, in one clause. */
  readonly reason: string;
  /** What to do next, in one clause. */
  readonly remedy: string;
}

const GAP_CODE_BY_KIND: Record<TrinoUnavailableKind, GapCode> = {
  unreachable: 'unreachable',
  timeout: 'timeout',
  'bad-response': 'bad-response',
  'server-error': 'server-error',
  'breaker-open': 'unreachable',
};

/**
 * Says in the words of a Gap what an error of a Trino connection means.
 *
 * @public
 */
export function describeTrinoError(error: unknown): TrinoErrorDescription {
  if (error instanceof TrinoUnavailableError) {
    return {
      code: GAP_CODE_BY_KIND[error.kind],
      reason: error.reason,
      remedy: error.remedy,
    };
  }
  if (error instanceof TrinoDeniedError) {
    return {
      code: error.status === 401 ? 'unauthorized' : 'forbidden',
      reason: error.reason,
      remedy: error.remedy,
    };
  }
  if (error instanceof TrinoTimeoutError) {
    return {
      code: 'timeout',
      reason: `the query took longer than ${error.timeoutMs} ms and was ended`,
      remedy:
        "see in Trino's UI what it waited for, or raise statementTimeout of the connection",
    };
  }
  if (error instanceof TrinoLimitError) {
    return {
      code: 'limit',
      reason: `the answer has more than ${error.limit} ${error.unit}`,
      remedy:
        'ask for less at a time, or raise the byte limits of the connection',
    };
  }
  if (error instanceof TrinoQueryError) return describeQueryError(error);
  if (error instanceof TrinoAbortedError) {
    return {
      code: 'timeout',
      reason: 'the request was stopped before Trino answered',
      remedy: 'wait for the next attempt',
    };
  }
  if (error instanceof NotFoundError) {
    return {
      code: 'not-found',
      reason: error.message,
      remedy: 'check the name, or wait until the server knows it',
    };
  }
  return {
    code: 'server-error',
    reason: toError(error).message || 'an unknown error',
    remedy: "look into the backend's log",
  };
}

const NOT_FOUND_ERROR_NAMES = new Set([
  'CATALOG_NOT_FOUND',
  'COLUMN_NOT_FOUND',
  'NOT_FOUND',
  'SCHEMA_NOT_FOUND',
  'TABLE_NOT_FOUND',
]);

function describeQueryError(error: TrinoQueryError): TrinoErrorDescription {
  const reason = `${error.errorName}: ${error.trinoMessage}`;
  if (NOT_FOUND_ERROR_NAMES.has(error.errorName)) {
    return {
      code: 'not-found',
      reason,
      remedy: 'check the name; it may have been dropped or renamed',
    };
  }
  if (error.errorType === 'INSUFFICIENT_RESOURCES') {
    return {
      code: 'limit',
      reason,
      remedy: 'see what fills the cluster, and try again when it has room',
    };
  }
  return {
    code: 'server-error',
    reason,
    remedy: error.queryId
      ? `look at query ${error.queryId} in Trino's UI`
      : "look into Trino's log",
  };
}
