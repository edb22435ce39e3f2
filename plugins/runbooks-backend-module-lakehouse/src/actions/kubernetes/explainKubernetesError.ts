import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import {
  ConnectionAbortedError,
  ConnectionDeniedError,
  ConnectionLimitError,
  ConnectionUnavailableError,
  describeConnectionError,
} from '@lakehouse-ops/plugin-lakehouse-node';

/**
 * Says to a person what an error of Kubernetes means for what they asked, with a
 * class that becomes a fitting HTTP status. Other errors stay as they are.
 */
export function explainKubernetesError(error: unknown): unknown {
  const isOurs =
    error instanceof ConnectionUnavailableError ||
    error instanceof ConnectionDeniedError ||
    error instanceof ConnectionLimitError ||
    error instanceof ConnectionAbortedError;
  if (!isOurs) return error;
  const { reason, remedy } = describeConnectionError(error);
  const message = `Nothing was done: ${reason}. What helps: ${remedy}.`;
  return error instanceof ConnectionDeniedError
    ? // Kubernetes refused Lakehouse Ops, not Backstage the person who asked.
      new ConflictError(message, error)
    : new ServiceUnavailableError(message, error);
}
