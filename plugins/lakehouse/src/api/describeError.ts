import { ResponseError } from '@backstage/errors';

/** What an error means to the person who looks at the page. */
export interface ErrorDescription {
  /** `refused`: asking again gives the same answer. */
  readonly kind: 'denied' | 'not-found' | 'refused' | 'unreachable' | 'failed';
  readonly message: string;
}

const KIND_BY_STATUS: Record<number, ErrorDescription['kind'] | undefined> = {
  400: 'refused',
  401: 'denied',
  403: 'denied',
  404: 'not-found',
};

/**
 * Reads an error from the Lakehouse API. The backend's own message is used
 * where there is one: it tells what to do next.
 */
export function describeError(error: Error): ErrorDescription {
  if (error instanceof ResponseError || error.name === 'ResponseError') {
    const status = statusOf(error);
    return {
      kind: (status && KIND_BY_STATUS[status]) || 'failed',
      message: messageOf(error),
    };
  }
  // fetch throws a TypeError when no answer came at all.
  if (error.name === 'TypeError') {
    return {
      kind: 'unreachable',
      message: 'The Backstage backend does not answer.',
    };
  }
  return { kind: 'failed', message: error.message };
}

function statusOf(error: Error): number | undefined {
  return 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;
}

function messageOf(error: Error): string {
  return error instanceof ResponseError && error.cause.message
    ? error.cause.message
    : error.message;
}
