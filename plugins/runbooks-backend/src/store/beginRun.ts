import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import { startApproval } from '../approvals/startApproval';
import { addRunNote } from '../approvals/waitingRuns';

/** Lets a run that has its locks be taken, or first be approved. */
export async function beginRun(
  trx: Knex.Transaction,
  run: Run,
  at: string,
): Promise<void> {
  const approval = startApproval(run, at);
  if (!approval) {
    await trx('runbook_runs').where({ id: run.id }).update({
      state: 'pending',
      waiting_for: null,
      wait_until: null,
      wanted_locks: null,
    });
    return;
  }
  const { waitingFor, steps, record } = approval;
  const { key, ...kept } = record;
  await trx('runbook_runs')
    .where({ id: run.id })
    .update({
      state: 'waiting',
      steps: JSON.stringify(steps),
      waiting_for: JSON.stringify(waitingFor),
      wait_until: waitingFor.until,
      wanted_locks: null,
    });
  await trx('runbook_run_steps')
    .insert({ run_id: run.id, key, record: JSON.stringify(kept) })
    .onConflict(['run_id', 'key'])
    .merge();
  const { groups, needed } = waitingFor;
  await addRunNote(trx, {
    runId: run.id,
    at,
    message: `It waits for ${needed} of ${
      groups.join(', ') || 'those who may approve'
    } to agree, until ${waitingFor.until}.`,
  });
}
