import {
  formatTableName,
  type HealthStatus,
  type TableHealth,
  type TableHistoryPoint,
  type TablePageRequest,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import type { TableDropped, TablesSwept } from './Observation';
import {
  DbNumber,
  epochMs,
  fromDb,
  isoFromDb,
  storableInteger,
  storableText,
} from './storable';

/** Worst first. */
const STATUS_ORDER: readonly HealthStatus[] = [
  'breached',
  'at-risk',
  'unknown',
  'healthy',
];
const KNOWN_TABLES_MAX = 20_000;
const DEFAULT_LIMIT = 50;
/** An unchanged table leaves one point of history in this time. */
const HISTORY_STEP_MS = 3_600_000;

const SORT_COLUMNS = {
  score: 'score',
  name: 'table_name',
  dataFiles: 'data_files',
  sizeBytes: 'size_bytes',
  committedAt: 'committed_at',
} as const;

const PRESENT = '(dropped_at IS NULL OR dropped_at < inspected_at)';

/** The part of the store that keeps looks at tables. */
export class TableInventory {
  readonly #db: Knex;

  constructor(db: Knex) {
    this.#db = db;
  }

  async record(trx: Knex.Transaction, health: TableHealth) {
    const inspectedAt = epochMs(health.inspectedAt);
    if (inspectedAt === undefined) return;
    const key = {
      connection: health.ref.connection,
      table_name: storableText(formatTableName(health.ref)),
    };
    const row = {
      ...key,
      inspected_at: inspectedAt,
      snapshot_id: health.snapshot?.id,
      status_rank: STATUS_ORDER.indexOf(health.status),
      score: health.score,
      data_files: storableInteger(health.totals?.dataFiles),
      size_bytes: storableInteger(health.totals?.sizeBytes),
      committed_at: epochMs(health.snapshot?.committedAt),
      health: JSON.stringify(health),
    };
    const columns = Object.keys(row);
    const values = Object.values(row).map(value => value ?? null);
    await trx.raw(
      `INSERT INTO tables (${columns.join(', ')}) VALUES (${columns
        .map(() => '?')
        .join(
          ', ',
        )}) ON CONFLICT (connection, table_name) DO UPDATE SET ${columns
        .map(column => `${column} = excluded.${column}`)
        .join(', ')} WHERE excluded.inspected_at >= tables.inspected_at`,
      values,
    );
    await this.#recordHistory(trx, key, {
      inspected_at: inspectedAt,
      score: health.score ?? null,
      data_files: row.data_files ?? null,
      small_files: storableInteger(health.files?.smallFiles) ?? null,
      snapshots: storableInteger(health.snapshots?.count) ?? null,
      size_bytes: row.size_bytes ?? null,
    });
  }

  async #recordHistory(
    trx: Knex.Transaction,
    key: { connection: string; table_name: string },
    point: Record<
      | 'inspected_at'
      | 'score'
      | 'data_files'
      | 'small_files'
      | 'snapshots'
      | 'size_bytes',
      number | null
    >,
  ) {
    const { inspected_at: at, ...figures } = point;
    const same = await trx('table_history')
      .where(key)
      .where('inspected_at', '>', (at ?? 0) - HISTORY_STEP_MS)
      .where('inspected_at', '<=', at)
      .orderBy('inspected_at', 'desc')
      .first<Record<string, DbNumber | null> | undefined>();
    const unchanged =
      same &&
      Object.entries(figures).every(
        ([column, value]) => fromDb(same[column]) === (value ?? undefined),
      );
    if (unchanged) return;
    await trx('table_history')
      .insert({ ...key, ...point })
      .onConflict(['connection', 'table_name', 'inspected_at'])
      .ignore();
  }

  async recordDropped(trx: Knex.Transaction, { ref, at }: TableDropped) {
    const droppedAt = epochMs(at);
    if (droppedAt === undefined) return;
    await trx('tables')
      .where(keyOf(ref))
      .where(q =>
        q.whereNull('dropped_at').orWhere('dropped_at', '<', droppedAt),
      )
      .update({ dropped_at: droppedAt });
  }

  async recordSwept(trx: Knex.Transaction, swept: TablesSwept) {
    const at = epochMs(swept.at);
    if (at === undefined) return;
    await trx.raw(
      'INSERT INTO sweeps (connection, swept_at) VALUES (?, ?) ' +
        'ON CONFLICT (connection) DO UPDATE SET swept_at = excluded.swept_at ' +
        'WHERE excluded.swept_at > sweeps.swept_at',
      [swept.connection, at],
    );
  }

  async page(
    request: TablePageRequest & { connections: readonly string[] },
  ): Promise<{ items: TableHealth[]; total: number }> {
    const { limit = DEFAULT_LIMIT, offset = 0 } = request;
    const filtered = () => {
      const query = this.#db('tables')
        .whereIn('connection', [...request.connections])
        .whereRaw(PRESENT);
      if (request.status) {
        query.where('status_rank', STATUS_ORDER.indexOf(request.status));
      }
      if (request.text) {
        query.whereRaw(`lower(table_name) LIKE ? ESCAPE '!'`, [
          `%${request.text.toLowerCase().replace(/[!%_]/g, '!$&')}%`,
        ]);
      }
      return query;
    };
    const page = filtered();
    if (request.sort) {
      const column = SORT_COLUMNS[request.sort];
      const order = request.order ?? 'asc';
      page.orderByRaw(`(${column} IS NULL), ${column} ${order}`);
    } else {
      page.orderByRaw('status_rank, (score IS NULL), score');
    }
    const rows: Array<{ health: string }> = await page
      .orderBy(['connection', 'table_name'])
      .limit(limit)
      .offset(offset)
      .select('health');
    const [{ total }] = await filtered().count<Array<{ total: DbNumber }>>({
      total: '*',
    });
    return { items: rows.map(parseHealth), total: Number(total) };
  }

  async get(ref: TableRef): Promise<TableHealth | undefined> {
    const row = await this.#db('tables')
      .where(keyOf(ref))
      .whereRaw(PRESENT)
      .first<{ health: string } | undefined>('health');
    return row && parseHealth(row);
  }

  /** Oldest first, the newest `limit`. */
  async history(ref: TableRef, limit: number): Promise<TableHistoryPoint[]> {
    const rows: Array<Record<string, DbNumber | null>> = await this.#db(
      'table_history',
    )
      .where(keyOf(ref))
      .orderBy('inspected_at', 'desc')
      .limit(limit)
      .select('*');
    return rows.reverse().map(row => ({
      inspectedAt: new Date(Number(row.inspected_at)).toISOString(),
      score: fromDb(row.score),
      dataFiles: fromDb(row.data_files),
      smallFiles: fromDb(row.small_files),
      snapshots: fromDb(row.snapshots),
      sizeBytes: fromDb(row.size_bytes),
    }));
  }

  async known(connection: string) {
    const rows: Array<{ health: string; snapshot_id: string | null }> =
      await this.#db('tables')
        .where('connection', connection)
        .whereRaw(PRESENT)
        .limit(KNOWN_TABLES_MAX)
        .select('health', 'snapshot_id');
    return rows.map(row => {
      const health = parseHealth(row);
      return {
        ref: health.ref,
        snapshotId: row.snapshot_id ?? undefined,
        health,
      };
    });
  }

  async lastSweep(connection: string): Promise<string | undefined> {
    const row = await this.#db('sweeps')
      .where('connection', connection)
      .first<{ swept_at: DbNumber } | undefined>('swept_at');
    return isoFromDb(row?.swept_at);
  }

  /** Deletes at most `limit` points of history, and tables dropped, before. */
  async prune(before: number, limit: number): Promise<number> {
    const dropped = await this.#db('tables')
      .whereRaw(`NOT ${PRESENT}`)
      .where('dropped_at', '<', before)
      .delete();
    const old: Array<{ inspected_at: DbNumber }> = await this.#db(
      'table_history',
    )
      .where('inspected_at', '<', before)
      .orderBy('inspected_at')
      .limit(limit)
      .select('inspected_at');
    const last = old.at(-1);
    if (!last) return dropped;
    return (
      dropped +
      (await this.#db('table_history')
        .where('inspected_at', '<=', last.inspected_at)
        .delete())
    );
  }
}

function keyOf(ref: TableRef) {
  return {
    connection: ref.connection,
    table_name: storableText(formatTableName(ref)),
  };
}

function parseHealth(row: { health: string }): TableHealth {
  return JSON.parse(row.health);
}
