import { NotFoundError, toError } from '@backstage/errors';
import type { GapCode } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  ConnectionAbortedError,
  ConnectionDeniedError,
  ConnectionLimitError,
  ConnectionUnavailableError,
  type UnavailableKind,
} from './errors';

/** What a Gap says about an error of a connection. @public */
export interface ConnectionErrorDescription {
  readonly code: GapCode;
  /** What happened, in one clause. */
  readonly reason: string;
  /** What to do next, in one clause. */
  readonly remedy: string;
}

const GAP_CODE_BY_KIND: Record<UnavailableKind, GapCode> = {
  unreachable: 'unreachable',
  timeout: 'timeout',
  'bad-response': 'bad-response',
  'server-error': 'server-error',
  'breaker-open': 'unreachable',
};

/**
 * Says in the words of a Gap what an error of a connection means.
 *
 * @public
 */
export function describeConnectionError(
  error: unknown,
): ConnectionErrorDescription {
  if (error instanceof ConnectionUnavailableError) {
    return {
      code: GAP_CODE_BY_KIND[error.kind],
      reason: error.reason,
      remedy: error.remedy,
    };
  }
  if (error instanceof ConnectionDeniedError) {
    return {
      code: error.status === 401 ? 'unauthorized' : 'forbidden',
      reason: error.reason,
      remedy: error.remedy,
    };
  }
  if (error instanceof ConnectionLimitError) {
    return {
      code: 'limit',
      reason: `the answer has more than ${error.limit} ${error.unit}`,
      remedy: 'ask for less at a time, or raise the limits of the connection',
    };
  }
  if (error instanceof ConnectionAbortedError) {
    return {
      code: 'timeout',
      reason: 'the request was stopped before it was answered',
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
