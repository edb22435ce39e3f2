import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteMetadataTable,
  quoteString,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { idValue, readRows } from './readRows';
import { readTrinoTime } from './readTrinoTime';
import type { TableHistory, TableVersion } from './TableHistory';

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
      committedAt: row.committed_at
        ? readTrinoTime(row.committed_at)
        : undefined,
      user: row.user_name ?? undefined,
      queryId: row.query_id ?? undefined,
    }),
  );

/** Delta Lake: the transaction log, which tells no totals. */
export class DeltaHistory implements TableHistory {
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
