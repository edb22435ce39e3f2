import type { Knex } from 'knex';
import { databaseTime } from './databaseTime';
import { UNFINISHED_STATES } from './insertRun';
import { countFromRow } from './rows';
import { LeaseLostError, type NewRunEvent, type RunLease } from './RunStore';

/** States of runs that some process has to go on with. */
const ACTIVE_STATES = ['pending', 'running', 'verifying'] as const;

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

/** The rows of runs that have to go on and that nobody holds now. */
export function claimableRuns(db: Knex) {
  return db('runbook_runs')
    .whereIn('state', ACTIVE_STATES)
    .where(free =>
      free
        .whereNull('lease_until')
        .orWhere('lease_until', '<', databaseTime(db)),
    );
}

/**
 * Changes the row of a run that is held, and adds to its log.
 *
 * @returns the row as it is then
 * @throws LeaseLostError
 */
export async function updateHeldRun(
  trx: Knex.Transaction,
  options: {
    lease: RunLease;
    columns: Record<string, string | null>;
    events: readonly NewRunEvent[];
  },
): Promise<unknown> {
  const { lease, columns, events } = options;
  const rows: unknown[] = await heldRun(trx, lease)
    .update({
      ...columns,
      event_count: trx.raw('event_count + ?', [events.length]),
    })
    .returning('*');
  if (rows.length === 0) throw new LeaseLostError(lease.runId);
  if (events.length > 0) {
    const total = eventCountOf(rows[0]);
    await trx('runbook_run_events').insert(
      events.map((event, index) => ({
        ...event,
        run_id: lease.runId,
        sequence: total - events.length + index + 1,
      })),
    );
  }
  return rows[0];
}

/** How many lines a run's log has, as its row says. */
export function eventCountOf(row: unknown): number {
  return countFromRow(row, 'event_count');
}
