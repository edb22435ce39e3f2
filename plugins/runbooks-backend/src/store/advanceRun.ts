import { isFinalRunState } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import { changeToColumns } from './changeToColumns';
import { updateHeldRun } from './heldRun';
import type {
  NewRunEvent,
  RunAdvance,
  RunChange,
  RunLease,
  StepRecord,
} from './RunStore';

/** Columns of a run that nobody holds. */
export const NO_LEASE = { lease_owner: null, lease_until: null };

/**
 * Changes a run that is held.
 *
 * @returns what others may have changed of it
 * @throws LeaseLostError
 */
export async function advanceRun(
  trx: Knex.Transaction,
  options: {
    lease: RunLease;
    change: RunChange;
    events?: readonly NewRunEvent[];
  },
): Promise<RunAdvance> {
  const { lease, change, events = [] } = options;
  const { state, stepRecords = [] } = change;
  const over = state !== undefined && isFinalRunState(state);
  const columns = changeToColumns(change);
  const advanced = await updateHeldRun(trx, {
    lease,
    events,
    columns: {
      ...columns,
      ...(over || state === 'waiting' ? NO_LEASE : {}),
      // Nobody acts for the person any more.
      ...(over ? { sealed_token: null } : {}),
    },
  });
  await keepStepRecords(trx, lease.runId, stepRecords);
  if (over) {
    await trx('runbook_locks').where({ run_id: lease.runId }).delete();
  }
  return advanced;
}

async function keepStepRecords(
  trx: Knex.Transaction,
  runId: string,
  records: readonly StepRecord[],
): Promise<void> {
  if (records.length === 0) return;
  await trx('runbook_run_steps')
    .insert(
      records.map(({ key, ...record }) => ({
        run_id: runId,
        key,
        record: JSON.stringify(record),
      })),
    )
    .onConflict(['run_id', 'key'])
    .merge();
}
