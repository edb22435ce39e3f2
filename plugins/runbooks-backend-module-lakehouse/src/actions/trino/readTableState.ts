import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteMetadataTable,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { countDeltaFiles } from './countDeltaFiles';
import { dataSizeBytes } from './dataSize';
import { estimateCompaction } from './estimateCompaction';
import { readExpirableSnapshots } from './readExpirableSnapshots';
import { readManifests } from './readManifests';
import { numberValue, readRows } from './readRows';
import { readStatistics } from './readStatistics';
import { readStatisticsAge } from './readStatisticsAge';
import type { TableHistory } from './TableHistory';
import { trinoDurationMs } from './trinoDuration';

const HOUR_MS = 3_600_000;

export const tableStateSchema = z.object({
  format: z.enum(['iceberg', 'delta']),
  dataFiles: z.number().optional(),
  sizeBytes: z.number().optional(),
  deleteFiles: z.number().optional(),
  records: z.number().optional(),
  /** Absent for Delta Lake tables. */
  smallFiles: z.number().optional(),
  smallFilePercent: z.number().optional(),
  /** Files that compaction would leave, by estimate. */
  filesAfterCompaction: z.number().optional(),
  snapshots: z.number().optional(),
  oldSnapshots: z.number().optional(),
  /** What only old snapshots hold, by estimate. */
  expirableBytes: z.number().optional(),
  manifests: z.number().optional(),
  columns: z.number(),
  columnsWithStatistics: z.number(),
  /** ISO time; absent when it can't be told. */
  statisticsWrittenAt: z.string().optional(),
  /** By how much the number of rows differs from when statistics were written. */
  rowsSinceStatisticsPercent: z.number().optional(),
  lastCommitHours: z.number().optional(),
});

export type TableState = z.output<typeof tableStateSchema>;

/** Reads files, snapshots and statistics of a table. */
export async function readTableState(options: {
  connection: TrinoConnection;
  format: 'iceberg' | 'delta';
  history: TableHistory;
  input: TableRef & { fileSizeThreshold: string; retention: string };
  signal: AbortSignal;
}): Promise<TableState> {
  const { connection, format, history, input, signal } = options;
  const current = await history.current(signal);
  const statistics = await readStatistics(connection, input, signal);
  const common = {
    format,
    sizeBytes: current.sizeBytes,
    deleteFiles: current.deleteFiles,
    records: current.records,
    columns: statistics.columns.length,
    columnsWithStatistics: statistics.columns.filter(
      ({ distinctValues }) => distinctValues !== undefined,
    ).length,
    lastCommitHours: current.committedAt && hoursSince(current.committedAt),
  };
  if (format === 'delta') {
    const { files } = await countDeltaFiles({ connection, ref: input, signal });
    return { ...common, dataFiles: files };
  }
  const thresholdBytes = dataSizeBytes(input.fileSizeThreshold) ?? 0;
  const small = await countSmall({ connection, input, thresholdBytes, signal });
  const compaction = await estimateCompaction({
    connection,
    ref: input,
    thresholdBytes,
    signal,
  });
  const old = await readExpirableSnapshots({
    connection,
    ref: input,
    cutoff: new Date(Date.now() - (trinoDurationMs(input.retention) ?? 0)),
    signal,
  });
  const { manifests } = await readManifests(connection, input, signal);
  const age = await readStatisticsAge({
    connection,
    ref: input,
    history,
    records: current.records,
    signal,
  });
  return {
    ...common,
    dataFiles: current.dataFiles ?? small.files,
    smallFiles: small.small,
    smallFilePercent: small.files
      ? Math.round((1000 * (small.small ?? 0)) / small.files) / 10
      : 0,
    filesAfterCompaction: compaction.filesAfter,
    snapshots: old.snapshots,
    oldSnapshots: old.expiring,
    expirableBytes: old.freedBytes,
    manifests,
    ...age,
  };
}

async function countSmall(options: {
  connection: TrinoConnection;
  input: TableRef;
  thresholdBytes: number;
  signal: AbortSignal;
}) {
  const { connection, input, thresholdBytes, signal } = options;
  const [row] = await readRows(connection, {
    sql: `SELECT count(*) AS files, count_if(file_size_in_bytes < ${thresholdBytes}) AS small FROM ${quoteMetadataTable(
      input,
      'files',
    )} WHERE content = 0`,
    row: z.object({ files: numberValue, small: numberValue }),
    signal,
  });
  return { files: row?.files, small: row?.small };
}

function hoursSince(time: Date): number {
  const hours = Math.max(0, Date.now() - time.getTime()) / HOUR_MS;
  return Math.round(hours * 10) / 10;
}
