import { ConflictError, ServiceUnavailableError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { countFromRow, runFromRow } from './rows';
import type { RunRecord } from './RunStore';

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
  options: {
    run: Run;
    fingerprint: JsonObject;
    idempotencyKey: string;
    maxUnfinishedRuns: number;
  },
): Promise<{ record: RunRecord; created: boolean }> {
  const { run, fingerprint, idempotencyKey, maxUnfinishedRuns } = options;
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

const lockRowSchema = z.object({
  key: z.string(),
  run_id: z.string(),
  holder: z.string(),
});

/**
 * Takes all locks of a run, or none.
 *
 * @throws ConflictError naming holder and run
 */
export async function takeLocks(
  trx: Knex.Transaction,
  options: {
    runId: string;
    holder: string;
    at: string;
    keys: readonly string[];
  },
): Promise<void> {
  // In one order for all, so that two starts never wait for each other.
  const keys = [...new Set(options.keys)].sort();
  for (const key of keys) {
    await trx('runbook_locks')
      .insert({
        key,
        run_id: options.runId,
        holder: options.holder,
        acquired_at: options.at,
      })
      .onConflict('key')
      .ignore();
  }
  const taken: unknown = await trx('runbook_locks')
    .whereIn('key', keys)
    .whereNot({ run_id: options.runId })
    .first();
  if (taken === undefined) return;
  const { key, run_id, holder } = lockRowSchema.parse(taken);
  throw new ConflictError(
    `${holder} is already working on ${key} in run ${run_id}. Nothing was started; wait for that run to end or cancel it.`,
  );
}
