import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { Knex } from 'knex';
import type { NewRun } from './NewRun';
import { countFromRow, runFromRow } from './rows';
import type { RunRecord } from './RunStore';
import { ownersToColumn } from './targetOwners';

/** States of runs that are not over. */
export const UNFINISHED_STATES = [
  'pending',
  'waiting',
  'running',
  'verifying',
] as const;

/**
 * Inserts a run unless its user and idempotency key, or its preview, have one.
 *
 * @returns the existing run when the key has one
 * @throws ConflictError; ServiceUnavailableError
 */
export async function insertRun(
  trx: Knex.Transaction,
  options: Pick<
    NewRun,
    | 'run'
    | 'fingerprint'
    | 'idempotencyKey'
    | 'maxUnfinishedRuns'
    | 'facts'
    | 'sealedToken'
  >,
): Promise<{ record: RunRecord; created: boolean }> {
  const { run, fingerprint, idempotencyKey, maxUnfinishedRuns, facts } =
    options;
  await trx('runbook_runs')
    .insert({
      id: run.id,
      preview_id: run.preview.id,
      idempotency_key: idempotencyKey,
      started_by: run.startedBy,
      runbook_id: run.runbookId,
      title: run.title,
      state: run.state,
      risk: run.risk,
      target_system: run.target.system,
      target_connection: run.target.connection,
      target_kind: run.target.kind,
      target_name: run.target.name,
      entity_ref: run.entityRef,
      parameters: JSON.stringify(run.parameters),
      preview: JSON.stringify(run.preview),
      fingerprint: JSON.stringify(fingerprint),
      memory: '{}',
      steps: JSON.stringify(run.steps),
      created_at: run.createdAt,
      definition_hash: run.definitionHash,
      origin: run.origin && JSON.stringify(run.origin),
      target_owners: facts && ownersToColumn(facts.owners),
      target_environment: facts?.environment,
      sealed_token: options.sealedToken,
    })
    .onConflict()
    .ignore();
  const byKey: unknown = await trx('runbook_runs')
    .where({ started_by: run.startedBy, idempotency_key: idempotencyKey })
    .first();
  if (byKey === undefined) {
    const used: unknown = await trx('runbook_runs')
      .where({ preview_id: run.preview.id })
      .first();
    throw new ConflictError(
      `This preview was already used for run ${
        runFromRow(used).run.id
      }. Look at that run, or make a new preview to run it again.`,
    );
  }
  const record = runFromRow(byKey);
  if (record.run.id !== run.id) {
    assertSamePreview(record, run.preview.id);
    return { record, created: false };
  }
  const count = countFromRow(
    await trx('runbook_runs')
      .whereIn('state', UNFINISHED_STATES)
      .count({ count: '*' })
      .first(),
  );
  if (count > maxUnfinishedRuns) {
    throw new ServiceUnavailableError(
      `${
        count - 1
      } runs are waiting or running, as many as are allowed at once. Nothing was started; try again when some have ended.`,
    );
  }
  return { record, created: true };
}

/** @throws ConflictError when a key is sent again for something else */
export function assertSamePreview(record: RunRecord, previewId: string): void {
  if (record.previewId === previewId) return;
  throw new ConflictError(
    `This idempotency key already started run ${record.run.id} from another preview. Send a new key with a new preview.`,
  );
}
