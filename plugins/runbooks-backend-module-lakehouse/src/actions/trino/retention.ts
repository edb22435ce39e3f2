import { InputError } from '@backstage/errors';
import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteString,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { readRows } from './readRows';
import { TRINO_DURATION, trinoDurationMs } from './trinoDuration';

/** Trino's default of the smallest retention it takes, and of the retention itself. */
const DEFAULT_RETENTION = '7d';

/** Iceberg procedures that remove what is older than a retention. */
export type RetentionProcedure = 'expire_snapshots' | 'remove_orphan_files';

/** How old a thing must be before it is removed, as a parameter. */
export const retentionParameter = z
  .string()
  .regex(TRINO_DURATION, 'must be a duration such as 7d or 36h')
  .default(DEFAULT_RETENTION)
  .meta({
    title: 'Older than',
    description:
      'Only what is older than this goes: 7d, 36h. Trino refuses less than its own minimum, 7 days unless its administrator says otherwise.',
  });

/**
 * Checks a retention against the least that the cluster takes. That minimum is never
 * lowered from here: it protects readers and writers that are at work.
 *
 * @returns the retention in milliseconds
 * @throws InputError when it is too short
 */
export async function requireRetention(options: {
  connection: TrinoConnection;
  ref: TableRef;
  procedure: RetentionProcedure;
  retention: string;
  signal: AbortSignal;
}): Promise<number> {
  const { connection, ref, procedure, retention, signal } = options;
  const retentionMs = trinoDurationMs(retention);
  const property = `${ref.catalog}.${procedure}_min_retention`;
  const rows = await readRows(connection, {
    sql: `SHOW SESSION LIKE ${quoteString(property)}`,
    row: z.object({ Name: z.string(), Value: z.string() }),
    signal,
  });
  // In LIKE an underscore stands for any character.
  const minimum =
    rows.find(({ Name }) => Name === property)?.Value ?? DEFAULT_RETENTION;
  const minimumMs = trinoDurationMs(minimum);
  if (
    retentionMs === undefined ||
    minimumMs === undefined ||
    retentionMs < minimumMs
  ) {
    throw new InputError(
      `retention: ${retention} is shorter than ${minimum}, the least that Trino ${
        ref.connection
      } takes for catalog ${
        ref.catalog
      }. Give ${minimum} or more. Only its administrator can lower that (iceberg.${procedure.replace(
        /_/g,
        '-',
      )}.min-retention); files that queries still read would be removed.`,
    );
  }
  return retentionMs;
}
