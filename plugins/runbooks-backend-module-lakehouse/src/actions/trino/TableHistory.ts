import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteMetadataTable,
  quoteString,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { idValue, numberValue, readRows } from './readRows';

/** A table as one commit left it. What is not known is absent. */
export interface TableVersion {
  /** Snapshot id; for Delta the version. */
  readonly id: string;
  readonly parentId?: string;
  readonly operation?: string;
  readonly committedAt?: Date;
  readonly user?: string;
  /** The Trino query that committed it. */
  readonly queryId?: string;
  readonly dataFiles?: number;
  readonly sizeBytes?: number;
  readonly records?: number;
  readonly deleteFiles?: number;
}

/** The commits of a table, whatever its format. */
export interface TableHistory {
  readonly format: 'iceberg' | 'delta';
  /** @throws TrinoQueryError when there is no such table */
  current(signal: AbortSignal): Promise<TableVersion>;
  /** The commit of a Trino query; undefined when there is none (any more). */
  committedBy(
    queryId: string,
    signal: AbortSignal,
  ): Promise<TableVersion | undefined>;
  /** One commit; undefined when it is not known (any more). */
  version(id: string, signal: AbortSignal): Promise<TableVersion | undefined>;
}

/** @returns the history of a table of a format */
export function tableHistory(
  connection: TrinoConnection,
  ref: TableRef,
  format: 'iceberg' | 'delta',
): TableHistory {
  return format === 'iceberg'
    ? new IcebergHistory(connection, ref)
    : new DeltaHistory(connection, ref);
}

const TIME = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?) UTC$/;

/** Reads a time as Trino writes it, if it is in UTC. */
function readTime(text: string): Date | undefined {
  const parts = TIME.exec(text);
  return parts ? new Date(`${parts[1]}T${parts[2]}Z`) : undefined;
}

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
      committedAt: readTime(row.committed_at),
      user: row.summary?.trino_user,
      queryId: row.summary?.trino_query_id,
      dataFiles: row.summary?.['total-data-files'],
      sizeBytes: row.summary?.['total-files-size'],
      records: row.summary?.['total-records'],
      deleteFiles: row.summary?.['total-delete-files'],
    }),
  );

/** Iceberg: the snapshots, and which of them the main branch points at. */
class IcebergHistory implements TableHistory {
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

const deltaSchema = z
  .object({
    id: idValue,
    operation: z.string().nullish(),
    committed_at: z.string().nullish(),
    user_name: z.string().nullish(),
    query_id: z.string().nullish(),
  })
  .transform(
    (row): TableVersion => ({
      id: row.id,
      operation: row.operation ?? undefined,
      committedAt: row.committed_at ? readTime(row.committed_at) : undefined,
      user: row.user_name ?? undefined,
      queryId: row.query_id ?? undefined,
    }),
  );

/** Delta Lake: the transaction log, which tells no totals. */
class DeltaHistory implements TableHistory {
  readonly format = 'delta';
  readonly #connection: TrinoConnection;
  readonly #ref: TableRef;

  constructor(connection: TrinoConnection, ref: TableRef) {
    this.#connection = connection;
    this.#ref = ref;
  }

  async current(signal: AbortSignal): Promise<TableVersion> {
    const version = await this.#find('true', signal);
    return version ?? { id: 'none' };
  }

  async version(id: string, signal: AbortSignal) {
    return this.#find(`CAST(version AS varchar) = ${quoteString(id)}`, signal);
  }

  async committedBy(queryId: string, signal: AbortSignal) {
    return this.#find(
      `element_at(operation_parameters, 'queryId') = ${quoteString(queryId)}`,
      signal,
    );
  }

  async #find(condition: string, signal: AbortSignal) {
    const [commit] = await readRows(this.#connection, {
      sql: `SELECT CAST(version AS varchar) AS id, operation, CAST("timestamp" AS varchar) AS committed_at, user_name, element_at(operation_parameters, 'queryId') AS query_id FROM ${quoteMetadataTable(
        this.#ref,
        'history',
      )} WHERE ${condition} ORDER BY version DESC LIMIT 1`,
      row: deltaSchema,
      signal,
    });
    return commit;
  }
}
