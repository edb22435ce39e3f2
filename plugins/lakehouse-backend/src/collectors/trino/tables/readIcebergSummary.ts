import type {
  TableHealth,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { quoteMetadataTable } from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import type { MetadataVersion } from '../../../health/statisticsFreshness';
import { values } from '../values';
import type { RunTableStatement } from './TableInspector';

/** Versions of the metadata that are read. Iceberg keeps 101 unless a table's property says otherwise. */
const MAX_VERSIONS = 200;

const rowSchema = z.object({
  at: values.time,
  snapshot_id: values.optionalText,
  schema_id: values.optionalNumber,
  parent_id: values.optionalText,
  operation: values.optionalText,
  added_records: values.optionalNumber.catch(undefined),
  committed_at: values.optionalTime,
  summary: values.optionalTextMap,
  snapshots: values.optionalNumber,
  oldest: values.optionalTime,
  newest: values.optionalTime,
  metadata_files: values.number,
});

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
 * specification, appendix F, "Optional snapshot summary fields").
 */
export async function readIcebergSummary(options: {
  ref: TableRef;
  run: RunTableStatement;
}): Promise<IcebergSummary> {
  const { rows } = await options.run(toSql(options.ref));
  const parsed = rows.map(row => rowSchema.parse(row));
  const newest = parsed[0];
  if (!newest) {
    return { metadataFiles: 0, versions: [], versionsTruncated: false };
  }
  const { snapshot_id: id, committed_at: committedAt } = newest;
  const summary = newest.summary ?? {};
  const figure = (key: string) =>
    values.optionalNumber.catch(undefined).parse(summary[key]);
  const dataFiles = figure('total-data-files');
  const sizeBytes = figure('total-files-size');
  return {
    snapshot:
      id && committedAt
        ? {
            id,
            committedAt,
            operation: newest.operation,
            user: summary.trino_user ?? undefined,
            queryId: summary.trino_query_id ?? undefined,
          }
        : undefined,
    totals: id
      ? dataFiles !== undefined && sizeBytes !== undefined
        ? {
            dataFiles,
            sizeBytes,
            records: figure('total-records'),
            deleteFiles: figure('total-delete-files'),
          }
        : undefined
      : { dataFiles: 0, sizeBytes: 0, records: 0, deleteFiles: 0 },
    deletedRows: figure('total-position-deletes'),
    snapshots:
      newest.snapshots !== undefined && newest.oldest && newest.newest
        ? {
            count: newest.snapshots,
            oldestAt: newest.oldest,
            newestAt: newest.newest,
          }
        : undefined,
    metadataFiles: newest.metadata_files,
    versionsTruncated: newest.metadata_files > parsed.length,
    versions: parsed.reverse().map(row => ({
      at: row.at,
      snapshotId: row.snapshot_id,
      parentId: row.parent_id,
      schemaId: row.schema_id,
      operation: row.operation,
      addedRecords: row.added_records,
    })),
  };
}

function toSql(ref: TableRef): string {
  const newestFirst = 'l."timestamp" DESC, l.file DESC';
  return `SELECT to_iso8601(l."timestamp") AS at,
  CAST(l.latest_snapshot_id AS varchar) AS snapshot_id,
  l.latest_schema_id AS schema_id,
  CAST(s.parent_id AS varchar) AS parent_id,
  s.operation,
  element_at(s.summary, 'added-records') AS added_records,
  to_iso8601(s.committed_at) AS committed_at,
  IF(row_number() OVER (ORDER BY ${newestFirst}) = 1, s.summary) AS summary,
  s.snapshots, to_iso8601(s.oldest) AS oldest, to_iso8601(s.newest) AS newest,
  count(*) OVER () AS metadata_files
FROM ${quoteMetadataTable(ref, 'metadata_log_entries')} AS l
LEFT JOIN (
  SELECT snapshot_id, parent_id, operation, summary, committed_at,
    count(*) OVER () AS snapshots,
    min(committed_at) OVER () AS oldest,
    max(committed_at) OVER () AS newest
  FROM ${quoteMetadataTable(ref, 'snapshots')}
) AS s ON s.snapshot_id = l.latest_snapshot_id
ORDER BY ${newestFirst}
LIMIT ${MAX_VERSIONS}`;
}
