import {
  type ConnectionErrorDescription,
  describeConnectionError,
} from '../shared/describeConnectionError';
import {
  TrinoAbortedError,
  TrinoLimitError,
  TrinoQueryError,
  TrinoTimeoutError,
} from './errors';

/** What a Gap says about an error of a Trino connection. @public */
export type TrinoErrorDescription = ConnectionErrorDescription;

/**
 * Says in the words of a Gap what an error of a Trino connection means.
 *
 * @public
 */
export function describeTrinoError(error: unknown): TrinoErrorDescription {
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
  return describeConnectionError(error);
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
