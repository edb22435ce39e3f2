import { ConflictError } from '@backstage/errors';
import type { Knex } from 'knex';
import { z } from 'zod';
import { personName } from '../approvals/personName';
import { jsonText } from '../json/jsonSchemas';

/** Queued runs that are looked at. */
const MAX_QUEUED = 1000;

/** A lock that somebody else has, or queues for. */
export interface HeldLock {
  readonly key: string;
  readonly heldBy: string;
  readonly heldByRunId: string;
}

const lockRowSchema = z.object({
  key: z.string(),
  run_id: z.string(),
  holder: z.string(),
});

const queuedRowSchema = z.object({
  id: z.string(),
  started_by: z.string(),
  created_at: z.string(),
  wanted_locks: jsonText(z.array(z.string())),
});

/** A run that waits for locks. */
export interface QueuedRun {
  readonly id: string;
  readonly startedBy: string;
  readonly createdAt: string;
  readonly keys: readonly string[];
}

/**
 * Takes all locks of a run, unless one is held, or a run that came before
 * queues for it.
 *
 * @returns what stands in the way; then some may have been taken, to be freed
 * or rolled back
 */
export async function takeLocks(
  trx: Knex.Transaction,
  options: {
    runId: string;
    holder: string;
    at: string;
    keys: readonly string[];
  },
): Promise<HeldLock | undefined> {
  // In one order for all, so that two starts never wait for each other.
  const wanted = [...new Set(options.keys)].sort();
  const own: unknown = await trx('runbook_locks')
    .whereIn('key', wanted)
    .where({ run_id: options.runId })
    .select('key');
  const held = z.array(z.object({ key: z.string() })).parse(own);
  // A run that has a lock already came before whoever queues for it.
  const keys = wanted.filter(key => held.every(lock => lock.key !== key));
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
    .orderBy('key')
    .first();
  if (taken !== undefined) {
    const { key, run_id, holder } = lockRowSchema.parse(taken);
    return { key, heldBy: holder, heldByRunId: run_id };
  }
  for (const queued of await readQueue(trx)) {
    if (queued.id === options.runId) break;
    const key = queued.keys.find(awaited => keys.includes(awaited));
    if (key !== undefined) {
      return { key, heldBy: queued.startedBy, heldByRunId: queued.id };
    }
  }
  return undefined;
}

/** Frees whatever a run holds. */
export async function freeLocks(
  trx: Knex.Transaction,
  runId: string,
): Promise<void> {
  await trx('runbook_locks').where({ run_id: runId }).delete();
}

/** Runs that wait for locks, those that came first before the others. */
export async function readQueue(db: Knex): Promise<QueuedRun[]> {
  const rows: unknown = await db('runbook_runs')
    .where({ state: 'waiting' })
    .whereNotNull('wanted_locks')
    .orderBy([{ column: 'created_at' }, { column: 'id' }])
    .limit(MAX_QUEUED)
    .select('id', 'started_by', 'created_at', 'wanted_locks');
  return z
    .array(queuedRowSchema)
    .parse(rows)
    .map(row => ({
      id: row.id,
      startedBy: row.started_by,
      createdAt: row.created_at,
      keys: row.wanted_locks,
    }));
}

/** What is told to somebody who may not queue. */
export function lockConflict(held: HeldLock): ConflictError {
  const { key, heldBy, heldByRunId } = held;
  return new ConflictError(
    `${heldBy} is already working on ${key} in run ${heldByRunId}. Nothing was started; wait for that run to end or cancel it.`,
  );
}

/** What is told to a run that comes to a target which somebody else works on. */
export function lockedLate({ key, heldBy, heldByRunId }: HeldLock) {
  return new ConflictError(
    `${personName(heldBy)} is already working on ${key} in run ${heldByRunId}.`,
  );
}
