import { compareValues } from '../sql/compareValues';
import { formatValue } from '../sql/formatValue';
import { type SqlType } from '../sql/SqlType';
import { type SqlValue } from '../sql/SqlValue';
import { type DataFile } from '../world/DataFile';
import { type LakeTable } from '../world/LakeTable';

export interface ColumnRange {
  low: SqlValue;
  high: SqlValue;
  nulls: number;
}

/** Least and greatest value of a column over some files. */
export function columnRange(
  table: LakeTable,
  files: readonly DataFile[],
  column: number,
): ColumnRange {
  let low: SqlValue;
  let high: SqlValue;
  let nulls = 0;
  for (const file of files) {
    for (const value of table.sampleColumn(file, column)) {
      if (value === undefined) {
        nulls++;
      } else {
        low = low === undefined || compareValues(value, low) < 0 ? value : low;
        high =
          high === undefined || compareValues(value, high) > 0 ? value : high;
      }
    }
  }
  return { low, high, nulls };
}

/** A bound of a range as it is written in text. */
export function boundText(value: SqlValue, type: SqlType): string | undefined {
  return typeof value === 'number' ? String(value) : formatValue(value, type);
}
