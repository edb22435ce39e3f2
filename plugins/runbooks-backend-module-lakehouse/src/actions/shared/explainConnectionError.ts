import {
  ConflictError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  ConnectionAbortedError,
  ConnectionDeniedError,
  ConnectionLimitError,
  ConnectionUnavailableError,
  describeConnectionError,
} from '@lakehouse-ops/plugin-lakehouse-node';

const CONNECTION_ERRORS = [
  ConnectionAbortedError,
  ConnectionDeniedError,
  ConnectionLimitError,
  ConnectionUnavailableError,
];

/**
 * Says to a person what an error of a connection means for what they asked, with a
 * class that becomes a fitting HTTP status. Other errors stay as they are.
 */
export function explainConnectionError(error: unknown): unknown {
  if (!CONNECTION_ERRORS.some(known => error instanceof known)) return error;
  const { code, reason, remedy } = describeConnectionError(error);
  const message = `Nothing was done: ${reason}. What helps: ${remedy}.`;
  if (code === 'not-found') return new NotFoundError(message, error);
  if (code === 'forbidden' || code === 'unauthorized') {
    // The system refused Lakehouse Ops, not Backstage the person who asked.
    return new ConflictError(message, error);
  }
  return new ServiceUnavailableError(message, error);
}
