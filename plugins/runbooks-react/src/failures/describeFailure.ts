import { isError } from '@backstage/errors';

/**
 * What kind of thing went wrong, for choosing what to show.
 *
 * @public
 */
export type FailureKind =
  | 'denied'
  | 'not-found'
  | 'invalid'
  | 'conflict'
  | 'unreachable'
  | 'server';

/**
 * A thrown thing in words for a person.
 *
 * @public
 */
export interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
}

function kindOfStatus(status: number): FailureKind {
  if (status === 401 || status === 403) return 'denied';
  if (status === 404) return 'not-found';
  if (status === 409) return 'conflict';
  if (status >= 400 && status < 500) return 'invalid';
  return 'server';
}

/**
 * Reads a thrown thing. A `ResponseError` speaks with the server's words;
 * whatever carries no status never got an answer.
 *
 * @public
 */
export function describeFailure(thrown: unknown): Failure {
  if (!isError(thrown)) {
    return { kind: 'unreachable', message: String(thrown) };
  }
  if (typeof thrown.statusCode !== 'number') {
    return {
      kind: 'unreachable',
      message: `The Runbooks backend did not answer (${thrown.message}). Check your connection and try again.`,
    };
  }
  const cause = isError(thrown.cause) ? thrown.cause.message : '';
  return {
    kind: kindOfStatus(thrown.statusCode),
    message: cause || thrown.message,
  };
}
