import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteMetadataTable,
  type TrinoConnection,
  TrinoQueryError,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { numberValue, readRows } from './readRows';

/**
 * Data files of a Delta table. Trino tells them for partitioned tables only;
 * for others they are not known.
 */
export async function countDeltaFiles(options: {
  connection: TrinoConnection;
  ref: TableRef;
  signal: AbortSignal;
}): Promise<{ files?: number; sizeBytes?: number }> {
  try {
    const [row] = await readRows(options.connection, {
      sql: `SELECT sum(file_count) AS files, sum(total_size) AS bytes FROM ${quoteMetadataTable(
        options.ref,
        'partitions',
      )}`,
      row: z.object({ files: numberValue, bytes: numberValue }),
      signal: options.signal,
    });
    return { files: row?.files, sizeBytes: row?.bytes };
  } catch (error) {
    if (error instanceof TrinoQueryError) return {};
    throw error;
  }
}
