import { formatValue } from '../sql/formatValue';
import {
  arrayOf,
  BIGINT,
  BOOLEAN,
  DATE,
  INTEGER,
  mapOf,
  rowOf,
  VARCHAR,
  zonedTimestamp,
} from '../sql/SqlType';
import {
  arrayValue,
  rowValue,
  type SqlValue,
  mapOfStrings,
  type SqlRow,
  timestampOfMillis,
} from '../sql/SqlValue';
import {
  type IcebergTable,
  type Manifest,
  type Snapshot,
} from '../world/IcebergTable';
import { columns, type TableColumn } from '../world/TableColumn';
import { filesColumns, filesRows } from './filesTable';
import { partitionsColumns, partitionsRows } from './partitionsTable';

export interface MetadataTable {
  columns: TableColumn[];
  rows: () => SqlRow[];
}

const PARTITION_SUMMARIES = arrayOf(
  rowOf([
    { name: 'contains_null', type: BOOLEAN },
    { name: 'contains_nan', type: BOOLEAN },
    { name: 'lower_bound', type: VARCHAR },
    { name: 'upper_bound', type: VARCHAR },
  ]),
);

/** Of each snapshot, wherever it is listed. */
const SNAPSHOT_COLUMNS = columns(
  ['snapshot_id', BIGINT],
  ['parent_id', BIGINT],
);

const MANIFEST_COLUMNS = columns(
  ['path', VARCHAR],
  ['length', BIGINT],
  ['partition_spec_id', INTEGER],
  ['added_snapshot_id', BIGINT],
);

function snapshotHead(snapshot: Snapshot): SqlRow {
  return [
    timestampOfMillis(snapshot.committedAtMs),
    snapshot.id,
    snapshot.parentId,
  ];
}

function snapshots(table: IcebergTable): MetadataTable {
  return {
    columns: [
      ...columns(['committed_at', zonedTimestamp(3)]),
      ...SNAPSHOT_COLUMNS,
      ...columns(
        ['operation', VARCHAR],
        ['manifest_list', VARCHAR],
        ['summary', mapOf(VARCHAR, VARCHAR)],
      ),
    ],
    rows: () =>
      table.snapshots.map(s => [
        ...snapshotHead(s),
        s.operation,
        s.manifestList,
        mapOfStrings(s.summary),
      ]),
  };
}

function history(table: IcebergTable): MetadataTable {
  return {
    columns: [
      ...columns(['made_current_at', zonedTimestamp(3)]),
      ...SNAPSHOT_COLUMNS,
      ...columns(['is_current_ancestor', BOOLEAN]),
    ],
    rows: () => table.snapshots.map(s => [...snapshotHead(s), true]),
  };
}

function metadataLog(table: IcebergTable): MetadataTable {
  return {
    columns: columns(
      ['timestamp', zonedTimestamp(3)],
      ['file', VARCHAR],
      ['latest_snapshot_id', BIGINT],
      ['latest_schema_id', INTEGER],
      ['latest_sequence_number', BIGINT],
    ),
    rows: () =>
      table.metadataLog.map(entry => [
        timestampOfMillis(entry.atMs),
        entry.file,
        entry.snapshotId,
        0n,
        BigInt(entry.sequenceNumber),
      ]),
  };
}

function manifestHead(manifest: Manifest): SqlRow {
  return [
    manifest.path,
    BigInt(manifest.lengthBytes),
    0n,
    manifest.addedSnapshotId,
  ];
}

/** One range of each partition field over the manifest's files. */
function summaries(table: IcebergTable, manifest: Manifest): SqlValue {
  return arrayValue(
    table.partitionFields.map((field, i) => {
      const { low, high } = manifest.bounds[i];
      const type =
        field.transform === 'day' ? DATE : table.columns[field.column].type;
      return rowValue(
        false,
        false,
        formatValue(low, type),
        formatValue(high, type),
      );
    }),
  );
}

function manifests(table: IcebergTable): MetadataTable {
  return {
    columns: [
      ...MANIFEST_COLUMNS,
      ...columns(
        ['added_data_files_count', INTEGER],
        ['added_rows_count', BIGINT],
        ['existing_data_files_count', INTEGER],
        ['existing_rows_count', BIGINT],
        ['deleted_data_files_count', INTEGER],
        ['deleted_rows_count', BIGINT],
        ['partition_summaries', PARTITION_SUMMARIES],
      ),
    ],
    rows: () =>
      table.manifests.map(m => [
        ...manifestHead(m),
        BigInt(m.addedFiles),
        BigInt(m.addedRows),
        BigInt(m.existingFiles),
        BigInt(m.existingRows),
        BigInt(m.deletedFiles),
        BigInt(m.deletedRows),
        summaries(table, m),
      ]),
  };
}

function allManifests(table: IcebergTable): MetadataTable {
  return {
    columns: [
      ...MANIFEST_COLUMNS,
      ...columns(
        ['added_data_files_count', INTEGER],
        ['existing_data_files_count', INTEGER],
        ['deleted_data_files_count', INTEGER],
        ['added_delete_files_count', INTEGER],
        ['existing_delete_files_count', INTEGER],
        ['deleted_delete_files_count', INTEGER],
        ['partition_summaries', PARTITION_SUMMARIES],
        ['reference_snapshot_id', BIGINT],
      ),
    ],
    rows: () =>
      table.manifests.map(m => [
        ...manifestHead(m),
        BigInt(m.addedFiles),
        BigInt(m.existingFiles),
        BigInt(m.deletedFiles),
        0n,
        0n,
        0n,
        summaries(table, m),
        table.currentCommit,
      ]),
  };
}

function refs(table: IcebergTable): MetadataTable {
  return {
    columns: columns(
      ['name', VARCHAR],
      ['type', VARCHAR],
      ['snapshot_id', BIGINT],
      ['max_reference_age_in_ms', BIGINT],
      ['min_snapshots_to_keep', INTEGER],
      ['max_snapshot_age_in_ms', BIGINT],
    ),
    rows: () => [
      ['main', 'BRANCH', table.currentCommit, undefined, undefined, undefined],
    ],
  };
}

function properties(table: IcebergTable): MetadataTable {
  return {
    columns: columns(['key', VARCHAR], ['value', VARCHAR]),
    rows: () => [
      ['format', 'iceberg/PARQUET'],
      ['provider', 'iceberg'],
      ['current-snapshot-id', String(table.currentCommit)],
      ['location', table.location],
      ['format-version', '2'],
      ['write.format.default', 'PARQUET'],
      ['write.parquet.compression-codec', 'zstd'],
      ['commit.retry.num-retries', '4'],
      ...table.properties,
    ],
  };
}

const TABLES: Record<string, (table: IcebergTable) => MetadataTable> = {
  snapshots,
  history,
  metadata_log_entries: metadataLog,
  manifests,
  all_manifests: allManifests,
  refs,
  properties,
  partitions: table => {
    const options = { table, nanCounts: true, recordCounts: true };
    return {
      columns: partitionsColumns(options),
      rows: () => partitionsRows(options),
    };
  },
  files: table => ({
    columns: filesColumns(table),
    rows: () => filesRows(table),
  }),
};

/** The metadata table behind `"t$suffix"`, if Iceberg has one of that name. */
export function icebergMetadata(
  table: IcebergTable,
  suffix: string,
): MetadataTable | undefined {
  return Object.hasOwn(TABLES, suffix) ? TABLES[suffix](table) : undefined;
}
