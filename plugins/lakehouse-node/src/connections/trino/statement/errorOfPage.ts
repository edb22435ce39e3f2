import type { TrinoConnectionConfig } from '../config';
import {
  TrinoDeniedError,
  TrinoQueryError,
  TrinoUnavailableError,
} from '../errors';
import type { StatementPage } from './statementPage';

/**
 * The error that an answer tells of; undefined when it tells of none.
 */
export function errorOfPage(
  config: TrinoConnectionConfig,
  page: StatementPage,
): Error | undefined {
  const { error } = page;
  if (!error) return undefined;
  if (error.errorName === 'PERMISSION_DENIED') {
    const right = error.message.replace(/^Access Denied:\s*/, '');
    return new TrinoDeniedError({
      connection: config.id,
      status: 403,
      right,
      queryId: page.id,
      reason: `PERMISSION_DENIED: ${right}`,
      remedy: `grant that to user ${config.user} in Trino's access rules`,
    });
  }
  if (error.errorName === 'SERVER_STARTING_UP') {
    return new TrinoUnavailableError({
      connection: config.id,
      kind: 'server-error',
      reason: 'the coordinator is still starting',
      remedy: 'wait until it has started',
    });
  }
  return new TrinoQueryError({
    errorName: error.errorName,
    errorCode: error.errorCode,
    errorType: error.errorType,
    queryId: page.id,
    trinoMessage: error.message,
  });
}
