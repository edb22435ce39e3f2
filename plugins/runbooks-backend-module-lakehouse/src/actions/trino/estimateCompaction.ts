import type { JsonValue } from '@backstage/types';
import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteMetadataTable,
  type TrinoConnection,
  TrinoQueryError,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { numberValue, readRows } from './readRows';

/** Trino's default of iceberg.target-max-file-size: what it writes files up to. */
const TARGET_FILE_BYTES = 1024 ** 3;
const WORST_PARTITIONS = 20;

/** What compaction would do, from the list of a table's data files. */
export interface CompactionEstimate {
  readonly partitions: number;
  readonly filesBefore: number;
  readonly filesAfter: number;
  readonly filesRewritten: number;
  readonly bytesRewritten: number;
  /** Most small files first. */
  readonly worst: ReadonlyArray<{
    readonly partition: string;
    readonly files: number;
    readonly smallFiles: number;
    readonly smallBytes: number;
  }>;
}

const totalsSchema = z.object({
  partitions: numberValue,
  files: numberValue,
  rewritten_files: numberValue,
  rewritten_bytes: numberValue,
  produced: numberValue,
});

const worstSchema = z.object({
  partition: z.json().optional(),
  files: numberValue,
  small: numberValue,
  small_bytes: numberValue,
});

/**
 * Estimates a compaction of an Iceberg table. Per partition, Trino rewrites
 * the files below the threshold when there are at least two, into as few as
 * the target size allows (measured on Trino 476).
 *
 * @param where - conditions on columns of `$files`, as SQL
 */
export async function estimateCompaction(options: {
  connection: TrinoConnection;
  ref: TableRef;
  thresholdBytes: number;
  where?: string;
  signal: AbortSignal;
}): Promise<CompactionEstimate> {
  try {
    return await estimate({ ...options, isPartitioned: true });
  } catch (error) {
    // A table without partitions has no such column in $files.
    if (
      options.where !== undefined ||
      !(error instanceof TrinoQueryError) ||
      error.errorName !== 'COLUMN_NOT_FOUND'
    ) {
      throw error;
    }
    return estimate({ ...options, isPartitioned: false });
  }
}

async function estimate(options: {
  connection: TrinoConnection;
  ref: TableRef;
  thresholdBytes: number;
  where?: string;
  isPartitioned: boolean;
  signal: AbortSignal;
}): Promise<CompactionEstimate> {
  const { connection, ref, thresholdBytes, isPartitioned, signal } = options;
  const isSmall = `file_size_in_bytes < ${thresholdBytes}`;
  const condition = options.where ? ` AND ${options.where}` : '';
  const grouped = `SELECT ${
    isPartitioned ? 'partition, ' : ''
  }count(*) AS files, count_if(${isSmall}) AS small, sum(CASE WHEN ${isSmall} THEN file_size_in_bytes ELSE 0 END) AS small_bytes FROM ${quoteMetadataTable(
    ref,
    'files',
  )} WHERE content = 0${condition}${
    isPartitioned ? ' GROUP BY partition' : ''
  }`;
  const [totals] = await readRows(connection, {
    sql: `SELECT count(*) AS partitions, sum(files) AS files, sum(CASE WHEN small > 1 THEN small ELSE 0 END) AS rewritten_files, sum(CASE WHEN small > 1 THEN small_bytes ELSE 0 END) AS rewritten_bytes, sum(CASE WHEN small > 1 THEN ceil(small_bytes / ${TARGET_FILE_BYTES.toExponential()}) ELSE 0 END) AS produced FROM (${grouped})`,
    row: totalsSchema,
    signal,
  });
  const worst = isPartitioned
    ? await readRows(connection, {
        sql: `${grouped} ORDER BY small DESC LIMIT ${WORST_PARTITIONS}`,
        row: worstSchema,
        signal,
      })
    : [];
  const files = totals?.files ?? 0;
  const rewritten = totals?.rewritten_files ?? 0;
  return {
    partitions: totals?.partitions ?? 0,
    filesBefore: files,
    filesAfter: files - rewritten + (totals?.produced ?? 0),
    filesRewritten: rewritten,
    bytesRewritten: totals?.rewritten_bytes ?? 0,
    worst: worst.map(row => ({
      partition: formatPartition(row.partition),
      files: row.files ?? 0,
      smallFiles: row.small ?? 0,
      smallBytes: row.small_bytes ?? 0,
    })),
  };
}

function formatPartition(value: JsonValue | undefined): string {
  if (value === null || value === undefined) return '–';
  if (typeof value !== 'object') return String(value);
  return Object.values(value)
    .map(part => (typeof part === 'string' ? part : JSON.stringify(part)))
    .join(', ');
}
