import { formatTableRef, type TableRef, type WorkloadsRef } from '../entities';
import type {
  AccessDenialsView,
  CacheView,
  ClusterView,
  ConnectionView,
  DashboardsView,
  GatewayRoute,
  GatewayView,
  LakehouseAlert,
  LakehouseDashboard,
  MetricsView,
  QueryFilter,
  QueryPage,
  QueryPageRequest,
  QueryStats,
  QueryView,
  TablePage,
  TablePageRequest,
  TableView,
  TimelineEvent,
  WorkloadsView,
} from '../model';
import { callBackend, type BackendApis } from './callBackend';
import type {
  LakehouseApi,
  LakehouseRange,
  LakehouseRequestOptions,
} from './LakehouseApi';

/**
 * {@link LakehouseApi} over HTTP.
 *
 * @public
 */
export class LakehouseClient implements LakehouseApi {
  readonly #apis: BackendApis;

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#apis = options;
  }

  getConnections(options?: LakehouseRequestOptions) {
    return this.#get<{ items: ConnectionView[] }>(['connections'], {}, options);
  }

  getCluster(
    connection: string,
    range: { from?: string; to?: string } = {},
    options?: LakehouseRequestOptions,
  ) {
    return this.#get<ClusterView>(
      ['trino', connection, 'cluster'],
      range,
      options,
    );
  }

  getQueries(
    connection: string,
    request: QueryPageRequest = {},
    options?: LakehouseRequestOptions,
  ) {
    return this.#get<QueryPage>(
      ['trino', connection, 'queries'],
      request,
      options,
    );
  }

  getQueryStats(
    connection: string,
    request: QueryFilter & { buckets?: number } = {},
    options?: LakehouseRequestOptions,
  ) {
    return this.#get<QueryStats>(
      ['trino', connection, 'queries', 'stats'],
      request,
      options,
    );
  }

  getQuery(
    connection: string,
    queryId: string,
    options?: LakehouseRequestOptions,
  ) {
    return this.#get<QueryView>(
      ['trino', connection, 'queries', 'by-id', queryId],
      {},
      options,
    );
  }

  getTables(request: TablePageRequest = {}, options?: LakehouseRequestOptions) {
    return this.#get<TablePage>(['tables'], request, options);
  }

  getTable(ref: TableRef, options?: LakehouseRequestOptions) {
    return this.#get<TableView>(
      ['tables', 'by-name', ref.connection, ref.catalog, ref.schema, ref.table],
      {},
      options,
    );
  }

  getCache(
    connection: string,
    range: LakehouseRange = {},
    options?: LakehouseRequestOptions,
  ) {
    return this.#get<CacheView>(['redis', connection], range, options);
  }

  getDashboards(connection: string, options?: LakehouseRequestOptions) {
    return this.#get<DashboardsView>(['superset', connection], {}, options);
  }

  getAlert(connection: string, id: string, options?: LakehouseRequestOptions) {
    return this.#get<LakehouseAlert>(
      ['superset', connection, 'alerts', id],
      {},
      options,
    );
  }

  getDashboardsOfTable(ref: TableRef, options?: LakehouseRequestOptions) {
    return this.#get<{ items: LakehouseDashboard[] }>(
      ['dashboards'],
      { reads: formatTableRef(ref) },
      options,
    );
  }

  getWorkloads(
    ref: WorkloadsRef,
    request: LakehouseRange & { of?: string } = {},
    options?: LakehouseRequestOptions,
  ) {
    const { connection, ...part } = ref;
    return this.#get<WorkloadsView>(
      ['kubernetes', connection, 'workloads'],
      { ...part, ...request },
      options,
    );
  }

  getGateway(
    connection: string,
    range: LakehouseRange = {},
    options?: LakehouseRequestOptions,
  ) {
    return this.#get<GatewayView>(
      ['trino-gateway', connection],
      range,
      options,
    );
  }

  getGatewayRoute(
    connection: string,
    queryId: string,
    options?: LakehouseRequestOptions,
  ) {
    return this.#get<GatewayRoute>(
      ['trino-gateway', connection, 'routes', queryId],
      {},
      options,
    );
  }

  getMetrics(connection: string, options?: LakehouseRequestOptions) {
    return this.#get<MetricsView>(['prometheus', connection], {}, options);
  }

  getAccessDenials(
    connection: string,
    range: LakehouseRange = {},
    options?: LakehouseRequestOptions,
  ) {
    return this.#get<AccessDenialsView>(
      ['trino', connection, 'access-denials'],
      range,
      options,
    );
  }

  getTimeline(
    request: LakehouseRange & { connection?: string } = {},
    options?: LakehouseRequestOptions,
  ) {
    return this.#get<{ items: TimelineEvent[] }>(
      ['timeline'],
      request,
      options,
    );
  }

  async #get<T>(
    path: string[],
    query: object,
    options?: LakehouseRequestOptions,
  ): Promise<T> {
    const response = await callBackend(this.#apis, { path, query, ...options });
    return response.json();
  }
}
