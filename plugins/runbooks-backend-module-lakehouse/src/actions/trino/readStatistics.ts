import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteMetadataTable,
  quoteTable,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { numberValue, readRows } from './readRows';

/** What the optimizer knows of a table. */
export interface TableStatistics {
  readonly rows?: number;
  readonly columns: ReadonlyArray<{
    readonly name: string;
    /** Absent when nothing ever counted them. */
    readonly distinctValues?: number;
  }>;
}

const rowSchema = z.object({
  column_name: z.string().nullable(),
  distinct_values_count: numberValue,
  row_count: numberValue,
});

/** Reads `SHOW STATS`: a row for each column, then one for the table. */
export async function readStatistics(
  connection: TrinoConnection,
  ref: TableRef,
  signal: AbortSignal,
): Promise<TableStatistics> {
  const rows = await readRows(connection, {
    sql: `SHOW STATS FOR ${quoteTable(ref)}`,
    row: rowSchema,
    signal,
  });
  return {
    rows: rows.find(row => row.column_name === null)?.row_count,
    columns: rows.flatMap(row =>
      row.column_name === null
        ? []
        : [
            {
              name: row.column_name,
              distinctValues: row.distinct_values_count,
            },
          ],
    ),
  };
}

/**
 * The newest metadata file of an Iceberg table. A new one is written by each
 * commit, and also by ANALYZE, which commits no snapshot (Trino 476).
 */
export async function readMetadataFile(
  connection: TrinoConnection,
  ref: TableRef,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [newest] = await readRows(connection, {
    sql: `SELECT file FROM ${quoteMetadataTable(
      ref,
      'metadata_log_entries',
    )} ORDER BY "timestamp" DESC LIMIT 1`,
    row: z.object({ file: z.string() }),
    signal,
  });
  return newest?.file;
}
