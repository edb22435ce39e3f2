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
 * What the Lakehouse backend answers. Each call throws a `ResponseError`: 403
 * when the caller may not see it, 404 when the connection, query or table is
 * not known.
 *
 * @public
 */
export interface LakehouseApi {
  /** GET /connections */
  getConnections(): Promise<{ items: ConnectionView[] }>;
  /** GET /trino/:connection/cluster?from&to (ISO times; the last hour unless told) */
  getCluster(
    connection: string,
    range?: { from?: string; to?: string },
  ): Promise<ClusterView>;
  /** GET /trino/:connection/queries (list values are repeated parameters) */
  getQueries(
    connection: string,
    request?: QueryPageRequest,
  ): Promise<QueryPage>;
  /** GET /trino/:connection/queries/stats */
  getQueryStats(
    connection: string,
    request?: QueryFilter & { buckets?: number },
  ): Promise<QueryStats>;
  /** GET /trino/:connection/queries/by-id/:queryId */
  getQuery(connection: string, queryId: string): Promise<QueryRecord>;
  /** GET /tables */
  getTables(request?: TablePageRequest): Promise<TablePage>;
  /** GET /tables/by-name/:connection/:catalog/:schema/:table */
  getTable(ref: TableRef): Promise<TableView>;
}
