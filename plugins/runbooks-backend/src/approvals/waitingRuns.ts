import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  isFinalRunState,
  type Run,
  type RunWaiting,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import { countFromRow, runFromRow } from '../store/rows';

type Waiting<K extends RunWaiting['kind']> = Extract<RunWaiting, { kind: K }>;

const WANTED = {
  approval: 'an approval',
  answer: 'an answer',
  decision: 'a decision on an outcome',
  person: 'the person who started it',
  lock: 'another run to end',
  pause: 'the end of a pause',
} as const;

/**
 * Locks the row of a run that waits, so that what people say to it is said one
 * after the other.
 *
 * @throws NotFoundError; ConflictError when it is over, waits for something
 * else, or has waited too long
 */
export async function lockWaitingRun<K extends RunWaiting['kind']>(
  trx: Knex.Transaction,
  options: { runId: string; kind: K; at: string },
): Promise<{ run: Run; waitingFor: Waiting<K> }> {
  const { runId, kind, at } = options;
  const row: unknown = await trx('runbook_runs')
    .where({ id: runId })
    .forUpdate()
    .first();
  if (row === undefined) throw new NotFoundError(`There is no run ${runId}.`);
  const { run } = runFromRow(row);
  return { run, waitingFor: assertWaitingFor(run, kind, at) };
}

/**
 * What a run waits for, if it is of a kind.
 *
 * @throws ConflictError that tells what is true instead
 */
export function assertWaitingFor<K extends RunWaiting['kind']>(
  run: Run,
  kind: K,
  at: string,
): Waiting<K> {
  const { waitingFor } = run;
  if (isFinalRunState(run.state)) {
    throw new ConflictError(
      `Run ${run.id} is over already (${run.state}): nothing that is said to it now has an effect.`,
    );
  }
  if (run.state !== 'waiting' || !waitingFor || !isOf(waitingFor, kind)) {
    throw new ConflictError(
      `Run ${run.id} does not wait for ${WANTED[kind]} now${
        waitingFor ? `, but for ${WANTED[waitingFor.kind]}` : ''
      }. Look at it again.`,
    );
  }
  if ('until' in waitingFor && waitingFor.until <= at) {
    throw new ConflictError(
      `Run ${run.id} waited for ${WANTED[kind]} until ${waitingFor.until}, and that is over. Start it again.`,
    );
  }
  return waitingFor;
}

/**
 * Makes a waiting run claimable again, if told to.
 *
 * @returns the run as it is then
 */
export async function wakeRun(
  trx: Knex.Transaction,
  runId: string,
  wake: boolean,
): Promise<Run> {
  if (wake) {
    await trx('runbook_runs')
      .where({ id: runId, state: 'waiting' })
      .update({ state: 'running', waiting_for: null, wait_until: null });
  }
  const row: unknown = await trx('runbook_runs').where({ id: runId }).first();
  return runFromRow(row).run;
}

/** Adds a line to the log of a run that nobody holds and whose row is locked. */
export async function addRunNote(
  trx: Knex.Transaction,
  note: { runId: string; at: string; message: string },
): Promise<void> {
  const { runId, at, message } = note;
  await trx('runbook_runs')
    .where({ id: runId })
    .update({ event_count: trx.raw('event_count + 1') });
  const row: unknown = await trx('runbook_runs')
    .where({ id: runId })
    .first({ count: 'event_count' });
  await trx('runbook_run_events').insert({
    run_id: runId,
    sequence: countFromRow(row),
    at,
    type: 'log',
    level: 'info',
    message,
  });
}

function isOf<K extends RunWaiting['kind']>(
  waiting: RunWaiting,
  kind: K,
): waiting is Waiting<K> {
  return waiting.kind === kind;
}
