import type { RunbookPause } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import { z } from 'zod';

/** The scope of a pause of everything, as it is stored. */
export const ALL = '*';

const rowSchema = z.object({
  scope: z.string(),
  by: z.string(),
  reason: z.string(),
  at: z.string(),
});

/** The pause of all, or of this runbook; of all first. */
export async function readPause(
  db: Knex,
  runbookId: string,
): Promise<RunbookPause | undefined> {
  const row: unknown = await db('runbook_pauses')
    .whereIn('scope', [ALL, runbookId])
    .orderBy('scope')
    .first();
  return row === undefined ? undefined : pauseFromRow(row);
}

/** Reads a row of `runbook_pauses`. */
export function pauseFromRow(row: unknown): RunbookPause {
  const { scope, ...rest } = rowSchema.parse(row);
  return { scope: scope === ALL ? 'all' : { runbookId: scope }, ...rest };
}
