import { listKey } from '../sql/compareValues';
import { BIGINT, DATE, rowOf, type RowField } from '../sql/SqlType';
import { rowValue, type SqlRow, type SqlValue } from '../sql/SqlValue';
import { countRecords, type DataFile, totalBytes } from '../world/DataFile';
import { type LakeTable } from '../world/LakeTable';
import { columns, type TableColumn } from '../world/TableColumn';
import { columnRange } from './columnRange';

/** The `partition` column of a table that is partitioned, or none. */
export function partitionColumns(table: LakeTable): TableColumn[] {
  if (table.partitionFields.length === 0) return [];
  const type = rowOf(
    table.partitionFields.map(({ name, column, transform }) => ({
      name,
      type: transform === 'day' ? DATE : table.columns[column].type,
    })),
  );
  return columns(['partition', type]);
}

/** Columns that have ranges: those the table isn't partitioned by as they are. */
function measured(table: LakeTable): number[] {
  const identity = table.partitionFields
    .filter(({ transform }) => transform === 'identity')
    .map(({ column }) => column);
  return table.columns.map((_, i) => i).filter(i => !identity.includes(i));
}

/** Bounded: a column's range is read from a few files of the partition. */
const RANGE_FILES = 24;

interface PartitionsOptions {
  table: LakeTable;
  /** Iceberg counts NaNs and records, Delta doesn't. */
  nanCounts: boolean;
  recordCounts: boolean;
}

export function partitionsColumns(options: PartitionsOptions): TableColumn[] {
  const { table, nanCounts, recordCounts } = options;
  const data = measured(table).map((i): RowField => {
    const { name, type } = table.columns[i];
    const range: RowField[] = [
      { name: 'min', type },
      { name: 'max', type },
      { name: 'null_count', type: BIGINT },
    ];
    const nans = nanCounts ? [{ name: 'nan_count', type: BIGINT }] : [];
    return { name, type: rowOf([...range, ...nans]) };
  });
  return [
    ...partitionColumns(table),
    ...(recordCounts ? columns(['record_count', BIGINT]) : []),
    ...columns(
      ['file_count', BIGINT],
      ['total_size', BIGINT],
      ['data', rowOf(data)],
    ),
  ];
}

export function partitionsRows(options: PartitionsOptions): SqlRow[] {
  const { table, nanCounts, recordCounts } = options;
  const groups = new Map<string, { values: SqlValue[]; files: DataFile[] }>();
  for (const file of table.files.filter(f => f.content === 0)) {
    const key = listKey(file.partition);
    const group = groups.get(key) ?? { values: file.partition, files: [] };
    groups.set(key, group);
    group.files.push(file);
  }
  const indexes = measured(table);
  return [...groups.values()].map(({ values, files }) => {
    const data = indexes.map(i => {
      const range = columnRange(table, files.slice(0, RANGE_FILES), i);
      const bounds = [range.low, range.high, BigInt(range.nulls)];
      return rowValue(...bounds, ...(nanCounts ? [undefined] : []));
    });
    return [
      ...(values.length > 0 ? [rowValue(...values)] : []),
      ...(recordCounts ? [BigInt(countRecords(files))] : []),
      BigInt(files.length),
      BigInt(totalBytes(files)),
      rowValue(...data),
    ];
  });
}
