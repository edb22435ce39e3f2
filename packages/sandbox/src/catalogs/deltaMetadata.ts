import {
  BIGINT,
  BOOLEAN,
  mapOf,
  VARCHAR,
  zonedTimestamp,
} from '../sql/SqlType';
import { mapOfStrings, timestampOfMillis } from '../sql/SqlValue';
import { type DeltaTable } from '../world/DeltaTable';
import { type MetadataTable } from './icebergMetadata';
import { partitionsColumns, partitionsRows } from './partitionsTable';

function history(table: DeltaTable): MetadataTable {
  return {
    columns: [
      { name: 'version', type: BIGINT },
      { name: 'timestamp', type: zonedTimestamp(3) },
      { name: 'user_id', type: VARCHAR },
      { name: 'user_name', type: VARCHAR },
      { name: 'operation', type: VARCHAR },
      { name: 'operation_parameters', type: mapOf(VARCHAR, VARCHAR) },
      { name: 'cluster_id', type: VARCHAR },
      { name: 'read_version', type: BIGINT },
      { name: 'isolation_level', type: VARCHAR },
      { name: 'is_blind_append', type: BOOLEAN },
      { name: 'operation_metrics', type: mapOf(VARCHAR, VARCHAR) },
    ],
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
    columns: [
      { name: 'key', type: VARCHAR },
      { name: 'value', type: VARCHAR },
    ],
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
