import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  Reconciliation,
  RunbookRunContext,
} from '@lakehouse-ops/plugin-runbooks-node';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { reconcileStatement } from './reconcileStatement';
import { findRunQueryId } from './runTrackedStatement';
import type { TableHistory } from './TableHistory';

const fingerprintSchema = z.object({ snapshotId: z.string() });

/**
 * What became of a statement that commits to a table. What is in the table counts,
 * not what became of the query that put it there.
 *
 * @param options - `changed`: told once the statement is over
 */
export async function reconcileCommit<TInput extends TableRef>(
  context: RunbookRunContext<TInput>,
  options: {
    connection: TrinoConnection;
    history: TableHistory;
    changed: (ref: TableRef) => void;
  },
): Promise<Reconciliation<{ trinoQueryId: string }>> {
  const { connection, history } = options;
  const told = await reconcileStatement(context, { connection });
  if (told.state === 'in-progress') return told;
  options.changed(context.input);
  const queryId = await findRunQueryId(context, connection);
  const commit =
    queryId && (await history.committedBy(queryId, context.signal));
  if (queryId && commit) {
    return { state: 'done', output: { trinoQueryId: queryId } };
  }
  if (told.state !== 'unknown') return told;
  const current = await history.current(context.signal);
  const { snapshotId } = fingerprintSchema.parse(context.fingerprint);
  if (current.id === snapshotId) {
    return {
      state: 'not-done',
      reason: `${told.reason} The table is as it was (${snapshotId}).`,
    };
  }
  if (queryId !== undefined) {
    return {
      state: 'not-done',
      reason: `${told.reason} No commit of it is in the table, which others have written to since.`,
    };
  }
  return {
    state: 'unknown',
    reason: `${told.reason} The table was ${snapshotId} and is ${current.id}; whose commit that is can't be told.`,
  };
}
