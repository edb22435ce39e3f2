import {
  BIGINT,
  BOOLEAN,
  mapOf,
  VARCHAR,
  zonedTimestamp,
} from '../sql/SqlType';
import { mapOfStrings, timestampOfMillis } from '../sql/SqlValue';
import { type DeltaTable } from '../world/DeltaTable';
import { columns } from '../world/TableColumn';
import { type MetadataTable } from './icebergMetadata';
import { partitionsColumns, partitionsRows } from './partitionsTable';

function history(table: DeltaTable): MetadataTable {
  return {
    columns: columns(
      ['version', BIGINT],
      ['timestamp', zonedTimestamp(3)],
      ['user_id', VARCHAR],
      ['user_name', VARCHAR],
      ['operation', VARCHAR],
      ['operation_parameters', mapOf(VARCHAR, VARCHAR)],
      ['cluster_id', VARCHAR],
      ['read_version', BIGINT],
      ['isolation_level', VARCHAR],
      ['is_blind_append', BOOLEAN],
      ['operation_metrics', mapOf(VARCHAR, VARCHAR)],
    ),
    rows: () =>
      table.versions.map(v => [
        BigInt(v.version),
        timestampOfMillis(v.committedAtMs),
        v.user,
        v.user,
        v.operation,
        mapOfStrings(v.parameters),
        'trino-476-sandbox-coordinator',
        BigInt(Math.max(0, v.version - 1)),
        'WriteSerializable',
        v.blindAppend,
        mapOfStrings(v.metrics),
      ]),
  };
}

function properties(table: DeltaTable): MetadataTable {
  return {
    columns: columns(['key', VARCHAR], ['value', VARCHAR]),
    rows: () => [
      ['delta.enableDeletionVectors', 'false'],
      ['delta.minReaderVersion', '1'],
      ['delta.minWriterVersion', '2'],
      ...table.properties,
    ],
  };
}

function partitions(table: DeltaTable): MetadataTable {
  const options = { table, nanCounts: false, recordCounts: false };
  return {
    columns: partitionsColumns(options),
    rows: () => partitionsRows(options),
  };
}

/** The metadata table behind `"t$suffix"` of a Delta table. */
export function deltaMetadata(
  table: DeltaTable,
  suffix: string,
): MetadataTable | undefined {
  switch (suffix) {
    case 'history':
      return history(table);
    case 'properties':
      return properties(table);
    case 'partitions':
      return table.partitionFields.length > 0 ? partitions(table) : undefined;
    default:
      return undefined;
  }
}
