import { ResponseError } from '@backstage/errors';
import {
  ConnectionView,
  formatTableName,
  formatTableRef,
  LakehouseApi,
  QueryRecord,
  TableHealth,
  TableRef,
  WorkloadsRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  mockAccessDenials,
  mockAlertWithRuns,
  mockCache,
  mockCluster,
  mockConnection,
  mockDashboards,
  mockGateway,
  mockMetrics,
  mockQueries,
  mockRoute,
  mockTables,
  mockTimeline,
  mockWorkloads,
} from './mockData';
import { matches, mockStats } from './mockQueryStats';

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
    ...otherSystems(known),
    ...options.overrides,
  };
}

/** The systems beside Trino, of which there is one world each. */
function otherSystems(known: (connection: string) => Promise<void>) {
  return {
    getCache: async (connection: string) => {
      await known(connection);
      return mockCache({ connection });
    },
    getDashboards: async (connection: string) => {
      await known(connection);
      return mockDashboards({ connection });
    },
    getAlert: async (connection: string, id: string) => {
      await known(connection);
      const alert = mockDashboards({ connection }).alerts.find(
        one => one.id === id,
      );
      if (alert) return mockAlertWithRuns(alert);
      throw await mockResponseError(404, `There is no alert '${id}'.`);
    },
    getDashboardsOfTable: async (ref: TableRef) => ({
      items: mockDashboards().dashboards.filter(({ datasets }) =>
        datasets.some(
          ({ table }) => table && formatTableRef(table) === formatTableRef(ref),
        ),
      ),
    }),
    getWorkloads: async (
      { connection }: WorkloadsRef,
      request: { of?: string } = {},
    ) => {
      await known(connection);
      const view = mockWorkloads({ connection });
      return {
        ...view,
        workloads: view.workloads.filter(
          workload => !request.of || workload.of === request.of,
        ),
      };
    },
    getGateway: async (connection: string) => {
      await known(connection);
      return mockGateway({ connection });
    },
    getGatewayRoute: async (connection: string, queryId: string) => {
      await known(connection);
      return mockRoute({ queryId });
    },
    getMetrics: async (connection: string) => {
      await known(connection);
      return mockMetrics({ connection });
    },
    getAccessDenials: async (connection: string) => {
      await known(connection);
      return mockAccessDenials({ connection });
    },
    getTimeline: async (request: { connection?: string } = {}) => ({
      items: mockTimeline().filter(
        event => !request.connection || event.connection === request.connection,
      ),
    }),
  };
}
