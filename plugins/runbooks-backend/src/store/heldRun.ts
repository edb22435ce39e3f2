import type { Knex } from 'knex';
import { databaseTime } from './databaseTime';
import { UNFINISHED_STATES } from './insertRun';
import { advanceFromRow } from './rows';
import {
  LeaseLostError,
  type NewRunEvent,
  type RunAdvance,
  type RunLease,
} from './RunStore';

/** States of runs that some process has to go on with. */
const ACTIVE_STATES = ['pending', 'running', 'verifying'] as const;

/** Columns that others may change while a run is held. */
export const ADVANCE_COLUMNS = ['event_count', 'cancel_requested_by'];

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
 * @returns what others may have changed of it
 * @throws LeaseLostError
 */
export async function updateHeldRun(
  trx: Knex.Transaction,
  options: {
    lease: RunLease;
    columns: Record<string, string | null>;
    events: readonly NewRunEvent[];
  },
): Promise<RunAdvance> {
  const { lease, columns, events } = options;
  const rows: unknown[] = await heldRun(trx, lease)
    .update({
      ...columns,
      event_count: trx.raw('event_count + ?', [events.length]),
    })
    .returning(ADVANCE_COLUMNS);
  if (rows.length === 0) throw new LeaseLostError(lease.runId);
  const advanced = advanceFromRow(rows[0]);
  if (events.length > 0) {
    await trx('runbook_run_events').insert(
      events.map((event, index) => ({
        ...event,
        run_id: lease.runId,
        sequence: advanced.eventCount - events.length + index + 1,
      })),
    );
  }
  return advanced;
}
