import type { Knex } from 'knex';
import { UNFINISHED_STATES } from './insertRun';
import { countFromRow } from './rows';
import { LeaseLostError, type NewRunEvent, type RunLease } from './RunStore';

/** The row of a run, if the lease is still good. */
export function heldRun(db: Knex, lease: RunLease) {
  return db('runbook_runs')
    .where({
      id: lease.runId,
      lease_owner: lease.owner,
      fencing_token: lease.fencingToken,
    })
    .whereIn('state', UNFINISHED_STATES);
}

/** The rows of unfinished runs that nobody holds at a time. */
export function claimableRuns(db: Knex, now: Date) {
  return db('runbook_runs')
    .whereIn('state', UNFINISHED_STATES)
    .where(free =>
      free
        .whereNull('lease_until')
        .orWhere('lease_until', '<', now.toISOString()),
    );
}

/**
 * Adds to the log of a run that is held.
 *
 * @returns how many events the run has now
 * @throws LeaseLostError
 */
export async function insertEvents(
  trx: Knex.Transaction,
  lease: RunLease,
  events: readonly NewRunEvent[],
): Promise<number> {
  const counted = await heldRun(trx, lease).update({
    event_count: trx.raw('event_count + ?', [events.length]),
  });
  if (counted === 0) throw new LeaseLostError(lease.runId);
  const row: unknown = await trx('runbook_runs')
    .where({ id: lease.runId })
    .first({ count: 'event_count' });
  const total = countFromRow(row);
  if (events.length > 0) {
    await trx('runbook_run_events').insert(
      events.map((event, index) => ({
        ...event,
        run_id: lease.runId,
        sequence: total - events.length + index + 1,
      })),
    );
  }
  return total;
}
