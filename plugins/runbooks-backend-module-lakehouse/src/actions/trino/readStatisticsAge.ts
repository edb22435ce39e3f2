import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteMetadataTable,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { idValue, readRows } from './readRows';
import { readTrinoTime } from './readTrinoTime';
import type { TableHistory } from './TableHistory';

/** Iceberg keeps 100 earlier versions of a table's metadata unless told. */
const MAX_VERSIONS = 1000;

const versionSchema = z.object({
  at: z.string(),
  snapshot_id: idValue.nullish(),
});

/**
 * When statistics were last written, and how much the table has grown or shrunk since.
 * ANALYZE writes new metadata and commits no snapshot: the newest version with the
 * snapshot of the version before is taken for it. Nothing is told when there is none,
 * since the log of versions is cut.
 */
export async function readStatisticsAge(options: {
  connection: TrinoConnection;
  ref: TableRef;
  history: TableHistory;
  records: number | undefined;
  signal: AbortSignal;
}): Promise<{
  statisticsWrittenAt?: string;
  rowsSinceStatisticsPercent?: number;
}> {
  const { connection, ref, history, records, signal } = options;
  const versions = await readRows(connection, {
    sql: `SELECT CAST("timestamp" AS varchar) AS at, CAST(latest_snapshot_id AS varchar) AS snapshot_id FROM ${quoteMetadataTable(
      ref,
      'metadata_log_entries',
    )} ORDER BY "timestamp" DESC LIMIT ${MAX_VERSIONS}`,
    row: versionSchema,
    signal,
  });
  const written = versions.find(
    ({ snapshot_id }, index) =>
      snapshot_id && snapshot_id === versions.at(index + 1)?.snapshot_id,
  );
  if (!written?.snapshot_id) return {};
  const then = await history.version(written.snapshot_id, signal);
  const at = readTrinoTime(written.at)?.toISOString();
  return {
    ...(at === undefined ? {} : { statisticsWrittenAt: at }),
    ...(records === undefined || !then?.records
      ? {}
      : {
          rowsSinceStatisticsPercent: Math.round(
            (100 * Math.abs(records - then.records)) / then.records,
          ),
        }),
  };
}
