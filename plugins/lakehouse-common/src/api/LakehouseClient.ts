import { ResponseError } from '@backstage/errors';
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
import type { LakehouseApi, LakehouseRequestOptions } from './LakehouseApi';

/**
 * {@link LakehouseApi} over HTTP.
 *
 * @public
 */
export class LakehouseClient implements LakehouseApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
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
    return this.#get<QueryRecord>(
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

  async #get<T>(
    path: string[],
    query: object,
    options: LakehouseRequestOptions = {},
  ): Promise<T> {
    const params = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      for (const one of Array.isArray(value) ? value : [value]) {
        if (one !== undefined && one !== '') params.append(name, String(one));
      }
    }
    const base = await this.#discoveryApi.getBaseUrl('lakehouse');
    const search = params.toString() && `?${params}`;
    const response = await this.#fetchApi.fetch(
      `${base}/${path.map(encodeURIComponent).join('/')}${search}`,
      { signal: options.signal },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response.json();
  }
}
