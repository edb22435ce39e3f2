import { ResponseError } from '@backstage/errors';
import {
  ConnectionView,
  formatTableName,
  formatTableRef,
  isFinalQueryState,
  LakehouseApi,
  QueryFilter,
  QueryRecord,
  QueryStats,
  TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockCluster,
  mockConnection,
  mockQueries,
  mockTables,
} from './mockData';

const BINS_MS = [0, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000];

/** An error as the backend's client throws it. */
export function mockResponseError(
  status: number,
  message: string,
): Promise<ResponseError> {
  return ResponseError.fromResponse(
    Response.json(
      {
        error: { name: 'Error', message },
        response: { statusCode: status },
      },
      { status },
    ),
  );
}

/** A Lakehouse backend of invented data that filters, sorts and pages as the real one does. */
export function mockLakehouse(
  options: {
    connections?: ConnectionView[];
    queries?: QueryRecord[];
    tables?: TableHealth[];
    overrides?: Partial<LakehouseApi>;
  } = {},
): LakehouseApi {
  const connections = options.connections ?? [mockConnection()];
  const queries = options.queries ?? mockQueries(220);
  const tables = options.tables ?? mockTables();
  const known = async (connection: string) => {
    if (connections.some(({ id }) => id === connection)) return;
    throw await mockResponseError(
      404,
      `There is no Trino connection '${connection}'. Known are: ${connections
        .map(({ id }) => id)
        .join(', ')}.`,
    );
  };
  return {
    getConnections: async () => ({ items: connections }),
    getCluster: async connection => {
      await known(connection);
      return mockCluster({ connection });
    },
    getQueries: async (connection, request = {}) => {
      await known(connection);
      const { limit = 50, offset = 0 } = request;
      const matching = queries.filter(query => matches(query, request));
      const sort = request.sort ?? 'createdAt';
      const sign = request.order === 'asc' ? 1 : -1;
      matching.sort((a, b) => {
        const [left, right] = [a[sort] ?? '', b[sort] ?? ''];
        if (left === right) return 0;
        return (left < right ? -1 : 1) * sign;
      });
      return {
        items: matching.slice(offset, offset + limit),
        total: matching.length,
        limit,
        offset,
      };
    },
    getQueryStats: async (connection, request = {}) => {
      await known(connection);
      return mockStats(queries.filter(query => matches(query, request)));
    },
    getQuery: async (connection, queryId) => {
      await known(connection);
      const query = queries.find(one => one.queryId === queryId);
      if (query) return query;
      throw await mockResponseError(404, `Query '${queryId}' is not kept.`);
    },
    getTables: async (request = {}) => {
      const { limit = 50, offset = 0 } = request;
      const matching = tables.filter(
        table =>
          (!request.connection ||
            table.ref.connection === request.connection) &&
          (!request.status || table.status === request.status) &&
          formatTableName(table.ref).includes(request.text ?? ''),
      );
      const sign = request.order === 'desc' ? -1 : 1;
      matching.sort(
        (a, b) =>
          (request.sort === 'name'
            ? formatTableName(a.ref).localeCompare(formatTableName(b.ref))
            : (a.score ?? 50) - (b.score ?? 50)) * sign,
      );
      return {
        items: matching.slice(offset, offset + limit),
        total: matching.length,
        limit,
        offset,
        staleAfterSeconds: 900,
        gaps: [],
        sweptAt: new Date(Date.now() - 40_000).toISOString(),
      };
    },
    getTable: async ref => {
      await known(ref.connection);
      const health = tables.find(
        table => formatTableRef(table.ref) === formatTableRef(ref),
      );
      if (!health) {
        throw await mockResponseError(
          404,
          `There is no table ${formatTableName(ref)} on ${ref.connection}.`,
        );
      }
      return {
        health,
        staleAfterSeconds: 900,
        history: Array.from({ length: 30 }, (_, day) => ({
          inspectedAt: new Date(
            Date.now() - (29 - day) * 86_400_000,
          ).toISOString(),
          score: 90 - day * 2,
          dataFiles: 120 + day * 34,
          smallFiles: 100 + day * 33,
          snapshots: 20 + day * 6,
        })),
      };
    },
    ...options.overrides,
  };
}

function matches(query: QueryRecord, filter: QueryFilter): boolean {
  const wallMs = query.wallMs ?? 0;
  const text = filter.text?.toLowerCase() ?? '';
  return (
    (!filter.states?.length || filter.states.includes(query.state)) &&
    (!filter.user || query.user === filter.user) &&
    (!filter.source || query.source === filter.source) &&
    (!filter.table ||
      [...query.tablesRead, ...query.tablesWritten].includes(filter.table)) &&
    (!filter.error ||
      query.error?.name === filter.error ||
      query.error?.type === filter.error) &&
    wallMs >= (filter.minWallMs ?? 0) &&
    wallMs < (filter.maxWallMs ?? Infinity) &&
    (!filter.from ||
      query.createdAt >= filter.from ||
      !isFinalQueryState(query.state)) &&
    (!filter.to || query.createdAt < filter.to) &&
    `${query.queryText} ${query.queryId}`.toLowerCase().includes(text)
  );
}

function mockStats(queries: QueryRecord[]): QueryStats {
  const bucketMs = 60_000;
  const to = Date.now();
  const from = to - 60 * bucketMs;
  const ended = queries.filter(query => query.wallMs !== undefined);
  const failed = (some: QueryRecord[]) =>
    some.filter(query => query.state === 'FAILED').length;
  const quantile = (some: QueryRecord[], share: number) => {
    const sorted = some.map(query => query.wallMs ?? 0).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * share)];
  };
  const facet = (values: Array<string | undefined>) => {
    const counts = new Map<string, number>();
    for (const value of values) {
      if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts]
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count);
  };
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    bucketMs,
    buckets: Array.from({ length: 60 }, (_, index) => {
      const start = from + index * bucketMs;
      const inside = ended.filter(query => {
        const endMs = Date.parse(query.endedAt ?? '');
        return endMs >= start && endMs < start + bucketMs;
      });
      return {
        start: new Date(start).toISOString(),
        finished: inside.length - failed(inside),
        failed: failed(inside),
        p50Ms: quantile(inside, 0.5),
        p95Ms: quantile(inside, 0.95),
        p99Ms: quantile(inside, 0.99),
      };
    }),
    histogram: BINS_MS.map((fromMs, index) => {
      const toMs = BINS_MS[index + 1];
      const inside = ended.filter(
        ({ wallMs = 0 }) => wallMs >= fromMs && wallMs < (toMs ?? Infinity),
      );
      return { fromMs, toMs, count: inside.length, failed: failed(inside) };
    }),
    overall: {
      ended: ended.length,
      failed: failed(ended),
      running: queries.filter(query => query.state === 'RUNNING').length,
      queued: queries.filter(query => query.state === 'QUEUED').length,
      p50Ms: quantile(ended, 0.5),
      p95Ms: quantile(ended, 0.95),
      p99Ms: quantile(ended, 0.99),
    },
    facets: {
      users: facet(queries.map(query => query.user)),
      sources: facet(queries.map(query => query.source)),
      errors: facet(queries.map(query => query.error?.name)),
      tables: facet(queries.flatMap(query => query.tablesRead)),
      resourceGroups: facet(
        queries.map(query => query.resourceGroup.join('.')),
      ),
    },
  };
}
