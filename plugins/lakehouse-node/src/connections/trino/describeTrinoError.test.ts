import { NotFoundError } from '@backstage/errors';
import { describeTrinoError } from './describeTrinoError';
import {
  TrinoAbortedError,
  TrinoDeniedError,
  TrinoLimitError,
  TrinoQueryError,
  TrinoTimeoutError,
  TrinoUnavailableError,
} from './errors';

const connection = 'analytics';
const reason = 'r';
const remedy = 'm';
const query = (errorName: string, errorType?: string) =>
  new TrinoQueryError({ errorName, errorType, trinoMessage: 'x' });

describe('describeTrinoError', () => {
  it.each<[string, unknown]>([
    [
      'unreachable',
      new TrinoUnavailableError({
        connection,
        kind: 'breaker-open',
        reason,
        remedy,
      }),
    ],
    [
      'server-error',
      new TrinoUnavailableError({
        connection,
        kind: 'server-error',
        reason,
        remedy,
      }),
    ],
    [
      'unauthorized',
      new TrinoDeniedError({ connection, status: 401, reason, remedy }),
    ],
    [
      'forbidden',
      new TrinoDeniedError({ connection, status: 403, reason, remedy }),
    ],
    ['timeout', new TrinoTimeoutError({ connection, timeoutMs: 5 })],
    [
      'limit',
      new TrinoLimitError({ what: 'It', limit: 5, unit: 'rows', remedy }),
    ],
    ['not-found', query('TABLE_NOT_FOUND', 'USER_ERROR')],
    ['limit', query('EXCEEDED_LOCAL_MEMORY_LIMIT', 'INSUFFICIENT_RESOURCES')],
    ['server-error', query('GENERIC_INTERNAL_ERROR', 'INTERNAL_ERROR')],
    ['timeout', new TrinoAbortedError({ connection })],
    ['not-found', new NotFoundError('no such group')],
    ['server-error', new Error('anything')],
    ['server-error', 'not even an error'],
  ])('gives %s for %s', (code, error) => {
    expect(describeTrinoError(error)).toEqual({
      code,
      reason: expect.stringMatching(/\w/),
      remedy: expect.stringMatching(/\w/),
    });
  });
});
