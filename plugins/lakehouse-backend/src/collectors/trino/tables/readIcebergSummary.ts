import type {
  TableHealth,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteMetadataTable,
  quoteString,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import type { MetadataVersion } from '../../../health/statisticsFreshness';
import { values } from '../values';
import type { RunTableStatement } from './TableInspector';

/** Iceberg keeps 101 metadata files unless a table's property says otherwise; of more, and of snapshots, the newest are read. */
const MAX_VERSIONS = 1_000;
const MAX_SNAPSHOTS = 200;

/** Fields of a snapshot's summary that are read, by the column that they come in. */
const SUMMARY_FIELDS = {
  added_records: 'added-records',
  data_files: 'total-data-files',
  size: 'total-files-size',
  records: 'total-records',
  delete_files: 'total-delete-files',
  deleted_rows: 'total-position-deletes',
  trino_user: 'trino_user',
  query_id: 'trino_query_id',
} as const;

/** A table that was never written to. */
const EMPTY = { dataFiles: 0, sizeBytes: 0, records: 0, deleteFiles: 0 };

const figure = values.optionalNumber.catch(undefined);

const versionSchema = z.object({
  is_version: z.literal(true),
  at: values.time,
  snapshot_id: values.optionalText,
  schema_id: values.optionalNumber,
  file: values.text,
});

const snapshotSchema = z.object({
  is_version: z.literal(false),
  at: values.time,
  snapshot_id: values.text,
  parent_id: values.optionalText,
  operation: values.optionalText,
  snapshots: values.number,
  oldest: values.time,
  added_records: figure,
  data_files: figure,
  size: figure,
  records: figure,
  delete_files: figure,
  deleted_rows: figure,
  trino_user: values.optionalText,
  query_id: values.optionalText,
});
type Snapshot = z.output<typeof snapshotSchema>;

const rowSchema = z.discriminatedUnion('is_version', [
  versionSchema,
  snapshotSchema,
]);

/** What an Iceberg table's metadata tells without reading a manifest. */
export interface IcebergSummary {
  /** Absent while the table was never written to. */
  readonly snapshot?: NonNullable<TableHealth['snapshot']>;
  readonly totals?: NonNullable<TableHealth['totals']>;
  /** Rows that position deletes take away. */
  readonly deletedRows?: number;
  readonly snapshots?: NonNullable<TableHealth['snapshots']>;
  readonly metadataFiles: number;
  /** Oldest first. */
  readonly versions: readonly MetadataVersion[];
  readonly versionsTruncated: boolean;
}

/**
 * One statement over the metadata log and the snapshots. Both stand in the metadata
 * file; the totals are those that Iceberg's writers keep in each snapshot's summary (Iceberg
 * specification, appendix F, "Optional snapshot summary fields"). Joined here and not by
 * Trino: planning a join costs more than both scans (measured on 476: 218 ms against 89).
 */
export async function readIcebergSummary(options: {
  ref: TableRef;
  run: RunTableStatement;
}): Promise<IcebergSummary> {
  const { rows } = await options.run(toSql(options.ref));
  const parsed = rows.map(row => rowSchema.parse(row));
  const versions = parsed
    .filter(row => row.is_version)
    .sort((a, b) => compare(a.at, b.at) || compare(a.file, b.file));
  const snapshots = parsed.filter(row => !row.is_version);
  const byId = new Map(snapshots.map(row => [row.snapshot_id, row]));
  const currentId = versions.at(-1)?.snapshot_id;
  const current = byId.get(currentId ?? '');
  const newest = snapshots[0];
  return {
    snapshot: current && {
      id: current.snapshot_id,
      committedAt: current.at,
      operation: current.operation,
      user: current.trino_user,
      queryId: current.query_id,
    },
    totals: currentId === undefined ? EMPTY : totalsOf(current),
    deletedRows: current?.deleted_rows,
    snapshots: newest && {
      count: newest.snapshots,
      oldestAt: newest.oldest,
      newestAt: newest.at,
    },
    metadataFiles: versions.length,
    versionsTruncated: versions.length >= MAX_VERSIONS,
    versions: versions.map(version => {
      const snapshot = byId.get(version.snapshot_id ?? '');
      return {
        at: version.at,
        snapshotId: version.snapshot_id,
        parentId: snapshot?.parent_id,
        schemaId: version.schema_id,
        operation: snapshot?.operation,
        addedRecords: snapshot?.added_records,
      };
    }),
  };
}

function totalsOf(snapshot: Snapshot | undefined): IcebergSummary['totals'] {
  const { data_files: dataFiles, size: sizeBytes } = snapshot ?? {};
  if (dataFiles === undefined || sizeBytes === undefined) return undefined;
  return {
    dataFiles,
    sizeBytes,
    records: snapshot?.records,
    deleteFiles: snapshot?.delete_files,
  };
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function toSql(ref: TableRef): string {
  const fields = Object.entries(SUMMARY_FIELDS);
  return `(SELECT true AS is_version, to_iso8601("timestamp") AS at,
  CAST(latest_snapshot_id AS varchar) AS snapshot_id,
  latest_schema_id AS schema_id, file,
  CAST(NULL AS varchar) AS parent_id, CAST(NULL AS varchar) AS operation,
  CAST(NULL AS bigint) AS snapshots, CAST(NULL AS varchar) AS oldest,
  ${fields.map(([name]) => `CAST(NULL AS varchar) AS ${name}`).join(', ')}
FROM ${quoteMetadataTable(ref, 'metadata_log_entries')}
LIMIT ${MAX_VERSIONS})
UNION ALL
(SELECT false, to_iso8601(committed_at), CAST(snapshot_id AS varchar), NULL, NULL,
  CAST(parent_id AS varchar), operation,
  count(*) OVER (), to_iso8601(min(committed_at) OVER ()),
  ${fields
    .map(([, field]) => `element_at(summary, ${quoteString(field)})`)
    .join(', ')}
FROM ${quoteMetadataTable(ref, 'snapshots')}
ORDER BY committed_at DESC
LIMIT ${MAX_SNAPSHOTS})`;
}
