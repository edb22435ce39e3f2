import {
  ConflictError,
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  describeTrinoError,
  TrinoAbortedError,
  TrinoDeniedError,
  TrinoLimitError,
  TrinoQueryError,
  TrinoTimeoutError,
  TrinoUnavailableError,
} from '@lakehouse-ops/plugin-lakehouse-node';

const TRINO_ERRORS = [
  TrinoAbortedError,
  TrinoDeniedError,
  TrinoLimitError,
  TrinoQueryError,
  TrinoTimeoutError,
  TrinoUnavailableError,
];

/** Trino 476 says so of a condition that is not on whole partitions. */
const NOT_ON_PARTITIONS = 'Unexpected FilterNode';

/**
 * Says to a person what an error of Trino means for what they asked, with a
 * class that becomes a fitting HTTP status. Other errors stay as they are.
 */
export function explainTrinoError(error: unknown): unknown {
  if (!TRINO_ERRORS.some(known => error instanceof known)) return error;
  if (
    error instanceof TrinoQueryError &&
    error.trinoMessage.includes(NOT_ON_PARTITIONS)
  ) {
    return new InputError(
      'where: Trino can compact whole partitions only. Name columns that the table is partitioned by.',
      error,
    );
  }
  const { code, reason, remedy } = describeTrinoError(error);
  const message = `Nothing was done: ${reason}. What helps: ${remedy}.`;
  if (code === 'not-found') return new NotFoundError(message, error);
  if (code === 'forbidden' || code === 'unauthorized') {
    // Trino refused Lakehouse Ops, not Backstage the person who asked.
    return new ConflictError(message, error);
  }
  if (error instanceof TrinoQueryError && error.errorType === 'USER_ERROR') {
    return new InputError(message, error);
  }
  return new ServiceUnavailableError(message, error);
}
