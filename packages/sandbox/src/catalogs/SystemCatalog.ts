import { canView } from '../cluster/AccessControl';
import { type Query } from '../cluster/Query';
import { type QueryManager } from '../cluster/QueryManager';
import {
  arrayOf,
  BIGINT,
  BOOLEAN,
  VARCHAR,
  zonedTimestamp,
} from '../sql/SqlType';
import { arrayValue, type SqlRow, timestampOfMillis } from '../sql/SqlValue';
import { columns } from '../world/TableColumn';
import {
  type Catalog,
  type ResolvedTable,
  type TableListing,
  type Viewer,
  virtualTable,
} from './Catalog';

const QUERIES = columns(
  ['query_id', VARCHAR],
  ['state', VARCHAR],
  ['user', VARCHAR],
  ['source', VARCHAR],
  ['query', VARCHAR],
  ['resource_group_id', arrayOf(VARCHAR)],
  ['queued_time_ms', BIGINT],
  ['analysis_time_ms', BIGINT],
  ['planning_time_ms', BIGINT],
  ['created', zonedTimestamp(3)],
  ['started', zonedTimestamp(3)],
  ['last_heartbeat', zonedTimestamp(3)],
  ['end', zonedTimestamp(3)],
  ['error_type', VARCHAR],
  ['error_code', VARCHAR],
);
const NODES = columns(
  ['node_id', VARCHAR],
  ['http_uri', VARCHAR],
  ['node_version', VARCHAR],
  ['coordinator', BOOLEAN],
  ['state', VARCHAR],
);
const CATALOGS = columns(
  ['catalog_name', VARCHAR],
  ['connector_id', VARCHAR],
  ['connector_name', VARCHAR],
);
const TABLE_COMMENTS = columns(
  ['catalog_name', VARCHAR],
  ['schema_name', VARCHAR],
  ['table_name', VARCHAR],
  ['comment', VARCHAR],
);

const MATERIALIZED_VIEWS = columns(
  ['catalog_name', VARCHAR],
  ['schema_name', VARCHAR],
  ['name', VARCHAR],
  ['storage_catalog', VARCHAR],
  ['storage_schema', VARCHAR],
  ['storage_table', VARCHAR],
  ['freshness', VARCHAR],
  ['last_fresh_time', zonedTimestamp(3)],
  ['comment', VARCHAR],
  ['definition', VARCHAR],
);

export interface ClusterNode {
  nodeId: string;
  httpUri: string;
  version: string;
  coordinator: boolean;
}

export interface SystemCatalogOptions {
  queries: QueryManager;
  nodes: () => ClusterNode[];
  catalogs: () => Catalog[];
}

/** The system catalog: what the cluster knows of itself. */
export class SystemCatalog implements Catalog {
  readonly name = 'system';
  readonly connector = 'system';

  private constructor(private readonly options: SystemCatalogOptions) {}

  static create(options: SystemCatalogOptions): SystemCatalog {
    return new SystemCatalog(options);
  }

  schemas(): string[] {
    return ['jdbc', 'metadata', 'runtime'];
  }

  tables(schema: string): TableListing[] {
    switch (schema) {
      case 'runtime':
        return [
          { name: 'nodes', columns: NODES },
          { name: 'queries', columns: QUERIES },
        ];
      case 'metadata':
        return [
          { name: 'catalogs', columns: CATALOGS },
          { name: 'materialized_views', columns: MATERIALIZED_VIEWS },
          { name: 'table_comments', columns: TABLE_COMMENTS },
        ];
      default:
        return [];
    }
  }

  find(
    schema: string,
    table: string,
    viewer: Viewer,
  ): ResolvedTable | undefined {
    const listing = this.tables(schema).find(({ name }) => name === table);
    return (
      listing &&
      virtualTable({
        catalog: this.name,
        connector: this.connector,
        schema,
        table,
        columns: listing.columns,
        rows: () => this.rows(table, viewer),
      })
    );
  }

  private rows(table: string, viewer: Viewer): SqlRow[] {
    switch (table) {
      case 'queries':
        return this.options.queries
          .all()
          .filter(query => canView(viewer.user, query.session.user))
          .map(query => this.queryRow(query));
      case 'nodes':
        return this.options
          .nodes()
          .map(node => [
            node.nodeId,
            node.httpUri,
            node.version,
            node.coordinator,
            'active',
          ]);
      case 'materialized_views':
        return [];
      case 'catalogs':
        return this.options
          .catalogs()
          .map(({ name, connector }) => [name, name, connector]);
      default:
        return this.options
          .catalogs()
          .flatMap(catalog =>
            catalog
              .schemas()
              .flatMap(schema =>
                catalog
                  .tables(schema)
                  .map(({ name, comment }) => [
                    catalog.name,
                    schema,
                    name,
                    comment,
                  ]),
              ),
          );
    }
  }

  private queryRow(query: Query): SqlRow {
    const { nowMs } = this.options.queries;
    const time = (ms: number | undefined) =>
      ms === undefined ? undefined : timestampOfMillis(ms);
    return [
      query.id,
      query.state,
      query.session.user,
      query.session.source,
      query.sql,
      arrayValue(query.resourceGroup),
      BigInt(Math.round(query.queuedMs(nowMs))),
      BigInt(Math.round(query.analysisMs)),
      BigInt(Math.round(query.planningMs)),
      time(query.createdAtMs),
      time(query.startedAtMs),
      time(query.endedAtMs ?? nowMs),
      time(query.endedAtMs),
      query.errorCode?.type,
      query.errorCode?.name,
    ];
  }
}
