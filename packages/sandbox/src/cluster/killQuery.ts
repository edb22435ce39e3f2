import { TrinoError } from '../sql/TrinoError';
import { checkCanKill } from './AccessControl';
import { type Query } from './Query';
import { type QueryManager } from './QueryManager';

export const CANCELED = new TrinoError({
  name: 'USER_CANCELED',
  message: 'Query was canceled',
});

/** The failure that a killed query's client sees. */
export function killedBy(message: string): TrinoError {
  return new TrinoError({
    name: 'ADMINISTRATIVELY_KILLED',
    message: message
      ? `Query killed. Message: ${message}`
      : 'Query killed. No message provided.',
  });
}

export function preemptedBy(message: string): TrinoError {
  return new TrinoError({
    name: 'ADMINISTRATIVELY_PREEMPTED',
    message: message
      ? `Query preempted. Message: ${message}`
      : 'Query preempted. No message provided.',
  });
}

/** CALL system.runtime.kill_query, after the procedure's own right. */
export function killByProcedure(
  manager: QueryManager,
  options: { user: string; queryId: string; message: string },
): Query {
  const query = manager.find(options.queryId);
  if (!query) {
    throw new TrinoError({
      name: 'NOT_FOUND',
      message: `Target query not found: ${options.queryId}`,
    });
  }
  checkCanKill(options.user, query.session.user);
  if (query.isDone) {
    throw new TrinoError({
      name: 'NOT_SUPPORTED',
      message: `Target query is not running: ${options.queryId}`,
    });
  }
  manager.fail(query, killedBy(options.message));
  return query;
}
