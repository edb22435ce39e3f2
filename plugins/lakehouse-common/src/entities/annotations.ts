/** Names the Trino connection that a Resource of type `trino-cluster` stands for. @public */
export const TRINO_CLUSTER_ANNOTATION = 'lakehouse-ops.io/trino-cluster';

/** Names a table as `<connection>/<catalog>.<schema>.<table>`. @public */
export const TABLE_ANNOTATION = 'lakehouse-ops.io/table';

/** Tells which queries are a Component's own, for example `source=personal-api,user=svc`. @public */
export const QUERY_SELECTOR_ANNOTATION = 'lakehouse-ops.io/query-selector';
