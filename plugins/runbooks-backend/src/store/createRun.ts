import { ConflictError } from '@backstage/errors';
import type { RunWaiting } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import { appendAudit } from '../audit/appendAudit';
import { personName } from '../approvals/personName';
import { addRunNote } from '../approvals/waitingRuns';
import { assertWithinLimits } from '../limits/assertWithinLimits';
import { describePause } from '../pauses/describePause';
import { readPause } from '../pauses/readPause';
import { insertRun } from './insertRun';
import { freeLocks, type HeldLock, lockConflict, takeLocks } from './locks';
import type { NewRun } from './NewRun';
import { runFromRow } from './rows';
import type { RunRecord } from './RunStore';
import { beginRun } from './beginRun';

/** Starts of all processes are let in one after the other: none counts past another. */
const START_GATE = 'runbooks/start';

/**
 * Creates a run within a transaction: refused by a pause, by limits, or by a
 * lock, unless it may queue for that.
 *
 * @throws ConflictError; ServiceUnavailableError
 */
export async function createRun(
  trx: Knex.Transaction,
  options: NewRun,
  now: Date,
): Promise<{ record: RunRecord; created: boolean }> {
  const { run, limits = {}, queueUntil, audit } = options;
  await enter(trx, run.id, run.createdAt);
  const inserted = await insertRun(trx, options);
  if (!inserted.created) {
    await leave(trx);
    return inserted;
  }
  const pause = await readPause(trx, run.runbookId);
  if (pause) {
    throw new ConflictError(
      `Nothing was started. ${describePause(
        pause,
      )} Wait until the pause is ended.`,
    );
  }
  await assertWithinLimits(trx, run, limits);
  const locks = {
    runId: run.id,
    holder: run.startedBy,
    at: run.createdAt,
    keys: options.lockKeys,
  };
  const held = await takeLocks(trx, locks);
  if (!held) await beginRun(trx, { run, at: run.createdAt });
  else if (queueUntil === undefined) throw lockConflict(held);
  else {
    await freeLocks(trx, run.id);
    await queueRun(trx, { ...locks, held, until: queueUntil });
  }
  await leave(trx);
  const row: unknown = await trx('runbook_runs').where({ id: run.id }).first();
  await appendAudit(trx, [audit], now);
  return { record: runFromRow(row), created: true };
}

async function queueRun(
  trx: Knex.Transaction,
  options: {
    runId: string;
    at: string;
    until: string;
    keys: readonly string[];
    held: HeldLock;
  },
): Promise<void> {
  const { runId, at, until, keys, held } = options;
  const waitingFor: RunWaiting = { kind: 'lock', since: at, until, ...held };
  await trx('runbook_runs')
    .where({ id: runId })
    .update({
      state: 'waiting',
      waiting_for: JSON.stringify(waitingFor),
      wait_until: until,
      wanted_locks: JSON.stringify(keys),
    });
  await addRunNote(trx, {
    runId,
    at,
    message: `It waits for ${held.key}, which ${personName(
      held.heldBy,
    )} works on in run ${held.heldByRunId}.`,
  });
}

async function enter(
  trx: Knex.Transaction,
  runId: string,
  at: string,
): Promise<void> {
  // The second to insert waits until the first one's transaction is over.
  await trx('runbook_locks')
    .insert({ key: START_GATE, run_id: runId, holder: '', acquired_at: at })
    .onConflict('key')
    .ignore();
}

async function leave(trx: Knex.Transaction): Promise<void> {
  await trx('runbook_locks').where({ key: START_GATE }).delete();
}
