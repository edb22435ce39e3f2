import {
  formatTableName,
  type QueryFilter,
  type QueryPage,
  type QueryPageRequest,
  type QueryRecord,
  type QuerySort,
  type QueryStats,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { DbNumber, epochMs, fromDb, isoFromDb } from '../storable';
import { effectiveState, fromQueryRow } from './fromQueryRow';
import { ALIVE, filterQueries } from './queryFilter';
import { ranksOfState } from './stateRank';
import { QueryFigures, summariseQueries } from './summariseQueries';

const STATS_ROWS_MAX = 100_000;
const LIVE_IDS_MAX = 5_000;
const FACETS_MAX = 20;
const DEFAULT_LIMIT = 50;
const DEFAULT_BUCKETS = 60;
const DEFAULT_WINDOW_MS = 3_600_000;

const SORT_COLUMNS: Record<QuerySort, string> = {
  createdAt: 'created_at',
  wallMs: 'wall_ms',
  queuedMs: 'queued_ms',
  cpuMs: 'cpu_ms',
  peakMemoryBytes: 'peak_memory_bytes',
  physicalInputBytes: 'input_bytes',
  state: 'state_rank',
  user: 'user_name',
  source: 'source',
};

interface FigureRow {
  state_rank: number;
  alive_at: DbNumber | null;
  vanished_at: DbNumber | null;
  created_at: DbNumber;
  ended_at: DbNumber | null;
  wall_ms: DbNumber | null;
  user_name: string | null;
  source: string | null;
  error_name: string | null;
  resource_group: string | null;
}

/** Reads the queries that the store keeps. */
export class QueryLog {
  readonly #db: Knex;
  readonly #ownSources: ReadonlyMap<string, string>;

  constructor(db: Knex, ownSources: ReadonlyMap<string, string>) {
    this.#db = db;
    this.#ownSources = ownSources;
  }

  async page(
    connection: string,
    request: QueryPageRequest,
  ): Promise<Omit<QueryPage, 'gaps'>> {
    const { limit = DEFAULT_LIMIT, offset = 0, order = 'desc' } = request;
    const column = SORT_COLUMNS[request.sort ?? 'createdAt'];
    const rows = await this.#filtered(connection, request)
      .select('queries.*')
      .orderByRaw(
        // Nobody asks for the rows of which the figure is unknown.
        column === 'created_at' || column === 'state_rank'
          ? `${column} ${order}, queries.query_id ${order}`
          : `(${column} IS NULL), ${column} ${order}, queries.query_id ${order}`,
      )
      .limit(limit)
      .offset(offset);
    const [{ total }] = await this.#filtered(connection, request).count<
      Array<{ total: DbNumber }>
    >({ total: '*' });
    return {
      items: await this.#withTables(connection, rows),
      total: Number(total),
      limit,
      offset,
    };
  }

  async get(
    connection: string,
    queryId: string,
  ): Promise<QueryRecord | undefined> {
    const rows = await this.#db('queries')
      .where({ connection, query_id: queryId })
      .select('*');
    const [record] = await this.#withTables(connection, rows);
    return record;
  }

  async stats(
    connection: string,
    request: QueryFilter & { buckets?: number },
  ): Promise<QueryStats> {
    const toMs = epochMs(request.to) ?? Date.now();
    const fromMs = epochMs(request.from) ?? toMs - DEFAULT_WINDOW_MS;
    const filter = {
      ...request,
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
    };
    const newest = () =>
      this.#filtered(connection, filter)
        .orderBy('created_at', 'desc')
        .limit(STATS_ROWS_MAX + 1);
    const rows: FigureRow[] = await newest().select(
      'state_rank',
      'alive_at',
      'vanished_at',
      'created_at',
      'ended_at',
      'wall_ms',
      'user_name',
      'source',
      'error_name',
      'resource_group',
    );
    const truncated = rows.length > STATS_ROWS_MAX;
    if (truncated) rows.pop();
    const summary = summariseQueries(rows.map(toFigures), {
      fromMs,
      toMs,
      buckets: request.buckets ?? DEFAULT_BUCKETS,
    });
    // The queries first, then their tables: SQLite takes a cross join's order.
    const tables = await this.#db
      .from(
        newest()
          .limit(STATS_ROWS_MAX)
          .select({ chosen_id: 'queries.query_id' })
          .as('chosen'),
      )
      .crossJoin(this.#db.raw('query_tables'))
      .where('query_tables.connection', connection)
      .whereRaw('query_tables.query_id = chosen.chosen_id')
      .groupBy('table_name')
      .orderBy('count', 'desc')
      .limit(FACETS_MAX)
      .select<Array<{ value: string; count: DbNumber }>>(
        { value: 'table_name' },
        this.#db.raw('count(distinct query_id) as count'),
      );
    return {
      ...summary,
      facets: {
        ...summary.facets,
        tables: tables.map(({ value, count }) => ({
          value,
          count: Number(count),
        })),
      },
      truncatedTo: truncated ? STATS_ROWS_MAX : undefined,
    };
  }

  async liveIds(connection: string): Promise<string[]> {
    return this.#db('queries')
      .where('connection', connection)
      .whereRaw(ALIVE)
      .orderBy('created_at', 'desc')
      .limit(LIVE_IDS_MAX)
      .pluck('query_id');
  }

  async lastObservation(connection: string, witness: 'listener' | 'poll') {
    const row = await this.#db('witnesses')
      .where({ connection, witness })
      .first<{ observed_at: DbNumber } | undefined>('observed_at');
    return isoFromDb(row?.observed_at);
  }

  async lastAnalyzed(ref: TableRef): Promise<string | undefined> {
    const [row]: Array<{ at: DbNumber | null }> = await this.#db('query_tables')
      .join('queries', join =>
        join
          .on('queries.connection', 'query_tables.connection')
          .on('queries.query_id', 'query_tables.query_id'),
      )
      .where({
        'query_tables.connection': ref.connection,
        'query_tables.table_name': formatTableName(ref),
        'query_tables.written': 1,
        'queries.query_type': 'ANALYZE',
      })
      .whereIn('queries.state_rank', ranksOfState('FINISHED'))
      .max({ at: 'queries.ended_at' });
    return isoFromDb(row?.at);
  }

  #filtered(connection: string, filter: QueryFilter) {
    return filterQueries(this.#db('queries'), {
      connection,
      ownSource: this.#ownSources.get(connection),
      filter,
    });
  }

  async #withTables(
    connection: string,
    rows: ReadonlyArray<{ query_id: string }>,
  ): Promise<QueryRecord[]> {
    const links: Array<{
      query_id: string;
      table_name: string;
      written: number;
    }> = rows.length
      ? await this.#db('query_tables')
          .where('connection', connection)
          .whereIn(
            'query_id',
            rows.map(row => row.query_id),
          )
          .select('query_id', 'table_name', 'written')
      : [];
    return rows.map(row => {
      const own = links
        .filter(link => link.query_id === row.query_id)
        .sort((a, b) => (a.table_name < b.table_name ? -1 : 1));
      return fromQueryRow(row, {
        read: own.filter(l => !l.written).map(l => l.table_name),
        written: own.filter(l => l.written).map(l => l.table_name),
      });
    });
  }
}

function toFigures(row: FigureRow): QueryFigures {
  return {
    state: effectiveState(row),
    createdAtMs: Number(row.created_at),
    endedAtMs: fromDb(row.ended_at),
    wallMs: fromDb(row.wall_ms),
    user: row.user_name ?? undefined,
    source: row.source ?? undefined,
    error: row.error_name ?? undefined,
    resourceGroup: row.resource_group
      ? groupPath(row.resource_group)
      : undefined,
  };
}

function groupPath(json: string): string {
  const path: string[] = JSON.parse(json);
  return path.join('.');
}
