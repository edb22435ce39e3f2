import type { Knex } from 'knex';
import { z } from 'zod';
import { jsonText } from '../json/jsonSchemas';
import { readPause } from './readPause';

const rowSchema = z.object({
  id: z.string(),
  runbook_id: z.string(),
  waiting_for: jsonText(z.object({ kind: z.string() })),
});

/** Wakes the runs that wait for the end of a pause, unless another one holds them. */
export async function wakePausedRuns(trx: Knex.Transaction): Promise<void> {
  const rows: unknown = await trx('runbook_runs')
    .where({ state: 'waiting' })
    .whereNotNull('waiting_for')
    .select('id', 'runbook_id', 'waiting_for');
  const waiting = z
    .array(rowSchema)
    .parse(rows)
    .filter(row => row.waiting_for.kind === 'pause');
  for (const { id, runbook_id } of waiting) {
    if (await readPause(trx, runbook_id)) continue;
    await trx('runbook_runs')
      .where({ id, state: 'waiting' })
      .update({ state: 'running', waiting_for: null, wait_until: null });
  }
}
