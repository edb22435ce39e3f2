import type { TableRef, WorkloadsRef } from '../entities';
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

/**
 * How a call to the Lakehouse backend is made.
 *
 * @public
 */
export interface LakehouseRequestOptions {
  /** Ends the call when it is no longer wanted. */
  readonly signal?: AbortSignal;
}

/**
 * A range of time: ISO times, up to now unless told.
 *
 * @public
 */
export interface LakehouseRange {
  readonly from?: string;
  readonly to?: string;
}

/**
 * What the Lakehouse backend answers. Each call throws a `ResponseError`: 403
 * when the caller may not see it, 404 when the connection, query or table is
 * not known.
 *
 * @public
 */
export interface LakehouseApi {
  /** GET /connections */
  getConnections(
    options?: LakehouseRequestOptions,
  ): Promise<{ items: ConnectionView[] }>;
  /** GET /trino/:connection/cluster?from&to (ISO times; the last hour unless told) */
  getCluster(
    connection: string,
    range?: { from?: string; to?: string },
    options?: LakehouseRequestOptions,
  ): Promise<ClusterView>;
  /** GET /trino/:connection/queries (list values are repeated parameters) */
  getQueries(
    connection: string,
    request?: QueryPageRequest,
    options?: LakehouseRequestOptions,
  ): Promise<QueryPage>;
  /** GET /trino/:connection/queries/stats */
  getQueryStats(
    connection: string,
    request?: QueryFilter & { buckets?: number },
    options?: LakehouseRequestOptions,
  ): Promise<QueryStats>;
  /** GET /trino/:connection/queries/by-id/:queryId */
  getQuery(
    connection: string,
    queryId: string,
    options?: LakehouseRequestOptions,
  ): Promise<QueryView>;
  /** GET /tables */
  getTables(
    request?: TablePageRequest,
    options?: LakehouseRequestOptions,
  ): Promise<TablePage>;
  /** GET /tables/by-name/:connection/:catalog/:schema/:table */
  getTable(
    ref: TableRef,
    options?: LakehouseRequestOptions,
  ): Promise<TableView>;
  /** GET /redis/:connection?from&to (the last hour unless told) */
  getCache(
    connection: string,
    range?: LakehouseRange,
    options?: LakehouseRequestOptions,
  ): Promise<CacheView>;
  /** GET /superset/:connection */
  getDashboards(
    connection: string,
    options?: LakehouseRequestOptions,
  ): Promise<DashboardsView>;
  /** GET /superset/:connection/alerts/:id, with its execution log */
  getAlert(
    connection: string,
    id: string,
    options?: LakehouseRequestOptions,
  ): Promise<LakehouseAlert>;
  /** GET /dashboards?reads=<table ref>: dashboards of all connections that read the table */
  getDashboardsOfTable(
    ref: TableRef,
    options?: LakehouseRequestOptions,
  ): Promise<{ items: LakehouseDashboard[] }>;
  /** GET /kubernetes/:connection/workloads?namespace&selector&of&from&to */
  getWorkloads(
    ref: WorkloadsRef,
    request?: LakehouseRange & { of?: string },
    options?: LakehouseRequestOptions,
  ): Promise<WorkloadsView>;
  /** GET /trino-gateway/:connection?from&to */
  getGateway(
    connection: string,
    range?: LakehouseRange,
    options?: LakehouseRequestOptions,
  ): Promise<GatewayView>;
  /** GET /trino-gateway/:connection/routes/:queryId */
  getGatewayRoute(
    connection: string,
    queryId: string,
    options?: LakehouseRequestOptions,
  ): Promise<GatewayRoute>;
  /** GET /prometheus/:connection */
  getMetrics(
    connection: string,
    options?: LakehouseRequestOptions,
  ): Promise<MetricsView>;
  /** GET /trino/:connection/access-denials?from&to (the last day unless told) */
  getAccessDenials(
    connection: string,
    range?: LakehouseRange,
    options?: LakehouseRequestOptions,
  ): Promise<AccessDenialsView>;
  /** GET /timeline?connection&from&to, newest first, at most 500; of all visible connections unless told */
  getTimeline(
    request?: LakehouseRange & { connection?: string },
    options?: LakehouseRequestOptions,
  ): Promise<{ items: TimelineEvent[] }>;
}
