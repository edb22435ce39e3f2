import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteMetadataTable,
  quoteString,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { idValue, numberValue, readRows } from './readRows';
import { readTrinoTime } from './readTrinoTime';
import type { TableHistory, TableVersion } from './TableHistory';

const summarySchema = z.object({
  trino_query_id: z.string().optional(),
  trino_user: z.string().optional(),
  'total-data-files': numberValue,
  'total-files-size': numberValue,
  'total-records': numberValue,
  'total-delete-files': numberValue,
});

const snapshotSchema = z
  .object({
    id: idValue,
    parent_id: idValue.nullish(),
    operation: z.string().nullish(),
    committed_at: z.string(),
    summary: summarySchema.nullish(),
  })
  .transform(
    (row): TableVersion => ({
      id: row.id,
      parentId: row.parent_id ?? undefined,
      operation: row.operation ?? undefined,
      committedAt: readTrinoTime(row.committed_at),
      user: row.summary?.trino_user,
      queryId: row.summary?.trino_query_id,
      dataFiles: row.summary?.['total-data-files'],
      sizeBytes: row.summary?.['total-files-size'],
      records: row.summary?.['total-records'],
      deleteFiles: row.summary?.['total-delete-files'],
    }),
  );

/** Iceberg: the snapshots, and which of them the main branch points at. */
export class IcebergHistory implements TableHistory {
  readonly format = 'iceberg';
  readonly #connection: TrinoConnection;
  readonly #ref: TableRef;

  constructor(connection: TrinoConnection, ref: TableRef) {
    this.#connection = connection;
    this.#ref = ref;
  }

  async current(signal: AbortSignal): Promise<TableVersion> {
    const [main] = await readRows(this.#connection, {
      sql: `SELECT CAST(snapshot_id AS varchar) AS id FROM ${quoteMetadataTable(
        this.#ref,
        'refs',
      )} WHERE name = 'main'`,
      row: z.object({ id: idValue }),
      signal,
    });
    if (!main) return { id: 'none', dataFiles: 0, sizeBytes: 0, records: 0 };
    return (await this.version(main.id, signal)) ?? { id: main.id };
  }

  async version(id: string, signal: AbortSignal) {
    return this.#find(
      `CAST(snapshot_id AS varchar) = ${quoteString(id)}`,
      signal,
    );
  }

  async committedBy(queryId: string, signal: AbortSignal) {
    return this.#find(
      `element_at(summary, 'trino_query_id') = ${quoteString(queryId)}`,
      signal,
    );
  }

  /**
   * The commit that rewrote the manifests of a commit. It does not name its query
   * (Trino 476).
   */
  async manifestRewriteOf(parentId: string, signal: AbortSignal) {
    return this.#find(
      `CAST(parent_id AS varchar) = ${quoteString(
        parentId,
      )} AND element_at(summary, 'manifests-created') IS NOT NULL`,
      signal,
    );
  }

  async #find(condition: string, signal: AbortSignal) {
    const [snapshot] = await readRows(this.#connection, {
      sql: `SELECT CAST(snapshot_id AS varchar) AS id, CAST(parent_id AS varchar) AS parent_id, operation, CAST(committed_at AS varchar) AS committed_at, summary FROM ${quoteMetadataTable(
        this.#ref,
        'snapshots',
      )} WHERE ${condition}`,
      row: snapshotSchema,
      signal,
    });
    return snapshot;
  }
}
