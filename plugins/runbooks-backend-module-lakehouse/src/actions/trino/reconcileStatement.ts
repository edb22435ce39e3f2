import { isFinalQueryState } from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type {
  Reconciliation,
  RunbookRunContext,
} from '@lakehouse-ops/plugin-runbooks-node';
import { findRunQueryId } from './runTrackedStatement';

/**
 * What became of the statement of a run, by what the coordinator tells of its
 * query: a query that ended with an error has changed nothing that Trino knows
 * of; one that it forgot can't be told.
 */
export async function reconcileStatement(
  context: RunbookRunContext<unknown>,
  { connection }: { connection: TrinoConnection },
): Promise<Reconciliation<{ trinoQueryId: string }>> {
  const queryId = await findRunQueryId(context, connection);
  if (queryId === undefined) {
    return {
      state: 'unknown',
      reason:
        'No id of a query was written down, and Trino lists none of this run.',
    };
  }
  const query = await connection.getQuery(queryId, { signal: context.signal });
  if (!query) {
    return {
      state: 'unknown',
      reason: `Trino does not know query ${queryId} any more.`,
    };
  }
  if (query.state === 'FINISHED') {
    return { state: 'done', output: { trinoQueryId: queryId } };
  }
  if (isFinalQueryState(query.state)) {
    return {
      state: 'not-done',
      reason: `Query ${queryId} ended with ${query.errorName ?? query.state}.`,
    };
  }
  const share =
    query.progress === undefined
      ? ''
      : `, ${Math.round(query.progress * 100)} %`;
  return {
    state: 'in-progress',
    reason: `Query ${queryId} is ${query.state}${share}`,
  };
}
