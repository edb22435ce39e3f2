import {
  TrinoDeniedError,
  TrinoQueryError,
  TrinoUnavailableError,
} from '@lakehouse-ops/plugin-lakehouse-node';

export const denied = () =>
  new TrinoDeniedError({
    connection: 'analytics',
    status: 403,
    reason: '403 Management only resource',
    remedy: 'allow it',
  });

export const unreachable = () =>
  new TrinoUnavailableError({
    connection: 'analytics',
    kind: 'unreachable',
    reason: 'connection refused at 127.0.0.1',
    remedy: 'start Trino',
  });

export const html = () =>
  new TrinoUnavailableError({
    connection: 'analytics',
    kind: 'bad-response',
    reason: 'HTML came instead of JSON',
    remedy: 'check the url',
  });

export const tableNotFound = (line = 1) =>
  new TrinoQueryError({
    errorName: 'TABLE_NOT_FOUND',
    errorType: 'USER_ERROR',
    trinoMessage: `line ${line}:15: Table 'x' does not exist`,
  });
