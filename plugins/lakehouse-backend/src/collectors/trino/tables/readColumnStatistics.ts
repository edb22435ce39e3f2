import type {
  ColumnStatistics,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { quoteTable } from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { values } from '../values';
import type { RunTableStatement } from './TableInspector';

/** Columns that are told; wider tables are cut. */
const MAX_COLUMNS = 1_000;

const rowSchema = z.object({
  column_name: values.optionalText,
  data_size: values.optionalNumber,
  distinct_values_count: values.optionalNumber,
  nulls_fraction: values.optionalNumber,
  row_count: values.optionalNumber,
  low_value: values.optionalText,
  high_value: values.optionalText,
});

export interface TableStatistics {
  readonly columns: ColumnStatistics[];
  /** Of the whole table, as the planner takes it. */
  readonly rowCount?: number;
}

/**
 * What the planner knows of a table (`SHOW STATS`), also as of an older snapshot: then
 * the distinct values are those that were known at it (measured on Trino 476).
 */
export async function readColumnStatistics(options: {
  ref: TableRef;
  snapshotId?: string;
  run: RunTableStatement;
}): Promise<TableStatistics> {
  const table = quoteTable(options.ref);
  const { rows } = await options.run(
    options.snapshotId
      ? `SHOW STATS FOR (SELECT * FROM ${table} FOR VERSION AS OF ${BigInt(
          options.snapshotId,
        )})`
      : `SHOW STATS FOR ${table}`,
  );
  const parsed = rows.map(row => rowSchema.parse(row));
  return {
    rowCount: parsed.find(row => row.column_name === undefined)?.row_count,
    columns: parsed
      .flatMap(row =>
        row.column_name === undefined
          ? []
          : [
              {
                column: row.column_name,
                distinctValues: row.distinct_values_count,
                nullsFraction: row.nulls_fraction,
                dataSizeBytes: row.data_size,
                low: row.low_value,
                high: row.high_value,
              },
            ],
      )
      .slice(0, MAX_COLUMNS),
  };
}

/** Whether both tell the same distinct values of each column. */
export function sameDistinctValues(
  a: readonly ColumnStatistics[],
  b: readonly ColumnStatistics[],
): boolean {
  const of = (columns: readonly ColumnStatistics[]) =>
    JSON.stringify(
      columns.map(column => [column.column, column.distinctValues]).sort(),
    );
  return of(a) === of(b);
}
