import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import { startApproval } from '../approvals/startApproval';
import { personNames } from '../approvals/personName';
import { addRunNote } from '../approvals/waitingRuns';
import type { StepRecord } from './RunStore';

/** Lets a run that has its locks be taken, or first be approved. */
export async function beginRun(
  trx: Knex.Transaction,
  options: {
    run: Run;
    at: string;
    /** The run that it queued behind. */
    queuedBehind?: string;
  },
): Promise<void> {
  const { run, at, queuedBehind } = options;
  const approval = startApproval(run, at);
  await keepRecord(trx, run.id, { ...approval?.record, key: '', queuedBehind });
  if (!approval) {
    await trx('runbook_runs').where({ id: run.id }).update({
      state: 'pending',
      waiting_for: null,
      wait_until: null,
      wanted_locks: null,
    });
    return;
  }
  const { waitingFor, steps } = approval;
  await trx('runbook_runs')
    .where({ id: run.id })
    .update({
      state: 'waiting',
      steps: JSON.stringify(steps),
      waiting_for: JSON.stringify(waitingFor),
      wait_until: waitingFor.until,
      wanted_locks: null,
    });
  const { groups, needed } = waitingFor;
  await addRunNote(trx, {
    runId: run.id,
    at,
    message: `It waits for ${needed} of ${personNames(
      groups,
    )} to agree, until ${waitingFor.until}.`,
  });
}

async function keepRecord(
  trx: Knex.Transaction,
  runId: string,
  { key, waits, queuedBehind }: StepRecord,
): Promise<void> {
  if (!waits && queuedBehind === undefined) return;
  await trx('runbook_run_steps')
    .insert({
      run_id: runId,
      key,
      record: JSON.stringify({ waits, queuedBehind }),
    })
    .onConflict(['run_id', 'key'])
    .merge();
}
