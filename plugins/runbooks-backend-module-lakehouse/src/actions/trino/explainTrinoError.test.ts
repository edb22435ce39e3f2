import {
  TrinoDeniedError,
  TrinoQueryError,
  TrinoUnavailableError,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { explainTrinoError } from './explainTrinoError';

describe('explainTrinoError', () => {
  it.each([
    ['NotFoundError', 'TABLE_NOT_FOUND', 'USER_ERROR', 'no such table'],
    ['InputError', 'SYNTAX_ERROR', 'USER_ERROR', 'line 1'],
    [
      'InputError',
      'GENERIC_INTERNAL_ERROR',
      'INTERNAL_ERROR',
      'Unexpected FilterNode found in plan',
    ],
    ['ServiceUnavailableError', 'NO_NODES_AVAILABLE', 'INTERNAL_ERROR', 'none'],
  ])('makes %s of %s', (name, errorName, errorType, trinoMessage) => {
    const error = new TrinoQueryError({ errorName, errorType, trinoMessage });
    expect(explainTrinoError(error)).toMatchObject({ name });
  });

  it('tells what helps', () => {
    const error = explainTrinoError(
      new TrinoUnavailableError({
        connection: 'analytics',
        kind: 'unreachable',
        reason: 'connection refused',
        remedy: 'start the coordinator',
      }),
    );
    expect(error).toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('start the coordinator'),
    });
  });

  it('does not blame the person for what Trino refuses us', () => {
    const error = explainTrinoError(
      new TrinoDeniedError({
        connection: 'analytics',
        status: 403,
        reason: 'may not view',
        remedy: 'add a rule',
      }),
    );
    expect(error).toMatchObject({ name: 'ConflictError' });
  });

  it('leaves other errors alone', () => {
    const error = new Error('x');
    expect(explainTrinoError(error)).toBe(error);
  });
});
