import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteIdentifier,
  quoteString,
  quoteTable,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { type PartitionFilter, partitionFilterSql } from './partitionFilter';
import { readRows } from './readRows';

/** The statement that compacts a table, and what it is limited to. */
export interface OptimizeStatement {
  readonly sql: string;
  /** The same limits as conditions on `$files`; absent without limits. */
  readonly filesWhere?: string;
}

/**
 * Writes the statement that compacts a table.
 *
 * @throws InputError when the filter does not fit the table's columns
 */
export async function optimizeStatement(options: {
  connection: TrinoConnection;
  ref: TableRef;
  fileSizeThreshold: string;
  where?: PartitionFilter;
  signal: AbortSignal;
}): Promise<OptimizeStatement> {
  const { connection, ref, fileSizeThreshold, where, signal } = options;
  const sql = `ALTER TABLE ${quoteTable(
    ref,
  )} EXECUTE optimize(file_size_threshold => ${quoteString(
    fileSizeThreshold,
  )})`;
  if (!where) return { sql };
  const rows = await readRows(connection, {
    sql: `SHOW COLUMNS FROM ${quoteTable(ref)}`,
    row: z.object({ Column: z.string(), Type: z.string() }),
    signal,
  });
  const columns = new Map(rows.map(row => [row.Column, row.Type]));
  return {
    sql: `${sql} WHERE ${partitionFilterSql(where, columns)}`,
    filesWhere: partitionFilterSql(
      where,
      columns,
      name => `partition.${quoteIdentifier(name)}`,
    ),
  };
}
