import { ConflictError } from '@backstage/errors';
import type { Run, RunLimits } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import { z } from 'zod';
import { UNFINISHED_STATES } from '../store/insertRun';
import { countFromRow } from '../store/rows';

const HOUR_MS = 3_600_000;

/**
 * Holds the start of a run that was inserted already to the limits of its
 * runbook. Starts are let in one after the other, so that no two of them count
 * past each other.
 *
 * @throws ConflictError that tells the limit, its window, and when it is
 * possible again
 */
export async function assertWithinLimits(
  trx: Knex.Transaction,
  run: Run,
  limits: RunLimits,
): Promise<void> {
  const { maxConcurrent, maxPerHour, maxPerTargetPerHour } = limits;
  const all = () => trx('runbook_runs').where({ runbook_id: run.runbookId });
  if (maxConcurrent !== undefined) {
    const running = countFromRow(
      await all()
        .whereIn('state', UNFINISHED_STATES)
        .whereNot({ id: run.id })
        .count({ count: '*' })
        .first(),
    );
    if (running >= maxConcurrent) {
      throw new ConflictError(
        `At most ${runs(maxConcurrent)} of ${
          run.runbookId
        } may go on at once, and ${running} do. Nothing was started; it is possible again when one of them has ended.`,
      );
    }
  }
  await assertPerHour(all(), run, maxPerHour, run.runbookId);
  const { system, connection, kind, name } = run.target;
  await assertPerHour(
    all().where({
      target_system: system,
      target_connection: connection,
      target_kind: kind,
      target_name: name,
    }),
    run,
    maxPerTargetPerHour,
    `${run.runbookId} on ${kind} ${name} of ${system} ${connection}`,
  );
}

async function assertPerHour(
  query: Knex.QueryBuilder,
  run: Run,
  max: number | undefined,
  what: string,
): Promise<void> {
  if (max === undefined) return;
  const since = new Date(Date.parse(run.createdAt) - HOUR_MS).toISOString();
  const rows: unknown = await query
    .where('created_at', '>', since)
    .whereNot({ id: run.id })
    .orderBy('created_at', 'desc')
    .limit(Math.max(max, 1))
    .select('created_at');
  const times = z.array(z.object({ created_at: z.string() })).parse(rows);
  if (times.length < max) return;
  // The one whose leaving the window makes room for this.
  const last = max === 0 ? undefined : times.at(-1)?.created_at;
  throw new ConflictError(
    `At most ${runs(
      max,
    )} of ${what} may be started within an hour. Nothing was started; ${
      last
        ? `it is possible again at ${new Date(
            Date.parse(last) + HOUR_MS,
          ).toISOString()}.`
        : 'its limit in the config has to be raised first.'
    }`,
  );
}

function runs(count: number): string {
  return count === 1 ? '1 run' : `${count} runs`;
}
