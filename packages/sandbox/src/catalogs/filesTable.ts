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
import { columns, type TableColumn } from '../world/TableColumn';
import { boundText, columnRange } from './columnRange';
import { partitionColumns } from './partitionsTable';

const COUNTS: SqlType = mapOf(INTEGER, BIGINT);
const BOUNDS: SqlType = mapOf(INTEGER, VARCHAR);
/** write.metadata.metrics.default is truncate(16). */
const BOUND_LENGTH = 16;
const FIRST_OFFSET = 4n;

export function filesColumns(table: IcebergTable): TableColumn[] {
  return [
    ...columns(
      ['content', INTEGER],
      ['file_path', VARCHAR],
      ['file_format', VARCHAR],
      ['spec_id', INTEGER],
    ),
    ...partitionColumns(table),
    ...columns(
      ['record_count', BIGINT],
      ['file_size_in_bytes', BIGINT],
      ['column_sizes', COUNTS],
      ['value_counts', COUNTS],
      ['null_value_counts', COUNTS],
      ['nan_value_counts', COUNTS],
      ['lower_bounds', BOUNDS],
      ['upper_bounds', BOUNDS],
      ['key_metadata', { kind: 'varbinary' }],
      ['split_offsets', arrayOf(BIGINT)],
      ['equality_ids', arrayOf(INTEGER)],
      ['sort_order_id', INTEGER],
      ['readable_metrics', { kind: 'json' }],
    ),
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
  const text = boundText(value, type);
  return typeof value === 'number' ? text : text?.slice(0, BOUND_LENGTH);
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
