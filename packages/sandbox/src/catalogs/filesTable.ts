import { formatValue } from '../sql/formatValue';
import {
  arrayOf,
  BIGINT,
  INTEGER,
  mapOf,
  type SqlType,
  VARCHAR,
} from '../sql/SqlType';
import {
  arrayValue,
  rowValue,
  type SqlRow,
  type SqlValue,
} from '../sql/SqlValue';
import { clientValue } from '../protocol/clientTypes';
import { stringifyExact } from '../protocol/exactJson';
import { type DataFile } from '../world/DataFile';
import { type IcebergTable } from '../world/IcebergTable';
import { type TableColumn } from '../world/TableColumn';
import { columnRange } from './columnRange';
import { partitionType } from './partitionsTable';

const COUNTS: SqlType = mapOf(INTEGER, BIGINT);
const BOUNDS: SqlType = mapOf(INTEGER, VARCHAR);
/** write.metadata.metrics.default is truncate(16). */
const BOUND_LENGTH = 16;
const FIRST_OFFSET = 4n;

export function filesColumns(table: IcebergTable): TableColumn[] {
  const partition =
    table.partitionFields.length > 0
      ? [{ name: 'partition', type: partitionType(table) }]
      : [];
  return [
    { name: 'content', type: INTEGER },
    { name: 'file_path', type: VARCHAR },
    { name: 'file_format', type: VARCHAR },
    { name: 'spec_id', type: INTEGER },
    ...partition,
    { name: 'record_count', type: BIGINT },
    { name: 'file_size_in_bytes', type: BIGINT },
    { name: 'column_sizes', type: COUNTS },
    { name: 'value_counts', type: COUNTS },
    { name: 'null_value_counts', type: COUNTS },
    { name: 'nan_value_counts', type: COUNTS },
    { name: 'lower_bounds', type: BOUNDS },
    { name: 'upper_bounds', type: BOUNDS },
    { name: 'key_metadata', type: { kind: 'varbinary' } },
    { name: 'split_offsets', type: arrayOf(BIGINT) },
    { name: 'equality_ids', type: arrayOf(INTEGER) },
    { name: 'sort_order_id', type: INTEGER },
    { name: 'readable_metrics', type: { kind: 'json' } },
  ];
}

interface ColumnMetrics {
  id: bigint;
  name: string;
  type: SqlType;
  sizeBytes: bigint;
  values: bigint;
  nulls: bigint;
  low: SqlValue;
  high: SqlValue;
}

function metricsOf(table: IcebergTable, file: DataFile): ColumnMetrics[] {
  const share = Math.floor(file.sizeBytes / (table.columns.length + 1));
  return table.columns.map(({ name, type }, i) => {
    const { low, high, nulls } = columnRange(table, [file], i);
    return {
      id: BigInt(i + 1),
      name,
      type,
      sizeBytes: BigInt(share),
      values: BigInt(file.records),
      nulls: BigInt(nulls),
      low,
      high,
    };
  });
}

function mapOfMetrics(
  metrics: ColumnMetrics[],
  pick: (m: ColumnMetrics) => SqlValue,
): SqlValue {
  return { kind: 'map', entries: metrics.map(m => [m.id, pick(m)]) };
}

function bound(value: SqlValue, type: SqlType): SqlValue {
  return typeof value === 'number'
    ? String(value)
    : formatValue(value, type)?.slice(0, BOUND_LENGTH);
}

function readable(metrics: ColumnMetrics[]): string {
  const sorted = [...metrics].sort((a, b) => (a.name < b.name ? -1 : 1));
  return stringifyExact(
    Object.fromEntries(
      sorted.map(m => [
        m.name,
        {
          column_size: m.sizeBytes,
          value_count: m.values,
          null_value_count: m.nulls,
          nan_value_count: null,
          lower_bound: clientValue(m.low, m.type, true),
          upper_bound: clientValue(m.high, m.type, true),
        },
      ]),
    ),
  );
}

function fileRow(table: IcebergTable, file: DataFile): SqlRow {
  const metrics = file.content === 0 ? metricsOf(table, file) : [];
  const partition =
    table.partitionFields.length > 0 ? [rowValue(...file.partition)] : [];
  return [
    BigInt(file.content),
    file.path,
    'PARQUET',
    0n,
    ...partition,
    BigInt(file.records),
    BigInt(file.sizeBytes),
    mapOfMetrics(metrics, m => m.sizeBytes),
    mapOfMetrics(metrics, m => m.values),
    mapOfMetrics(metrics, m => m.nulls),
    { kind: 'map', entries: [] },
    mapOfMetrics(metrics, m => bound(m.low, m.type)),
    mapOfMetrics(metrics, m => bound(m.high, m.type)),
    undefined,
    arrayValue([FIRST_OFFSET]),
    undefined,
    0n,
    readable(metrics),
  ];
}

export function filesRows(table: IcebergTable): SqlRow[] {
  return [...table.files].reverse().map(file => fileRow(table, file));
}
