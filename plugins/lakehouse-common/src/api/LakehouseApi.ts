import type { TableRef } from '../entities';
import type {
  ClusterView,
  ConnectionView,
  QueryFilter,
  QueryPage,
  QueryPageRequest,
  QueryRecord,
  QueryStats,
  TablePage,
  TablePageRequest,
  TableView,
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
  ): Promise<QueryRecord>;
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
}
