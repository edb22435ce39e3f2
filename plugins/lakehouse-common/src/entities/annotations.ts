/** Names the Trino connection that a Resource of type `trino-cluster` stands for. @public */
export const TRINO_CLUSTER_ANNOTATION = 'lakehouse-ops.io/trino-cluster';

/** Names a table as `<connection>/<catalog>.<schema>.<table>`. @public */
export const TABLE_ANNOTATION = 'lakehouse-ops.io/table';

/** Tells which queries are a Component's own, for example `source=personal-api,user=svc`. @public */
export const QUERY_SELECTOR_ANNOTATION = 'lakehouse-ops.io/query-selector';

/** Names a cache, or a part of it, as `<connection>/<key prefix>`. @public */
export const CACHE_ANNOTATION = 'lakehouse-ops.io/cache';

/** Names a dashboard as `<connection>/<id or uuid>`. @public */
export const DASHBOARD_ANNOTATION = 'lakehouse-ops.io/dashboard';

/** Names the workloads that run a system, as `<connection>` or `<connection>/<namespace>/<label selector>`. @public */
export const WORKLOADS_ANNOTATION = 'lakehouse-ops.io/workloads';

/** Names a file of SLO definitions by path, relative to the entity's own file, or by URL. @public */
export const SLO_ANNOTATION = 'lakehouse-ops.io/slo';

/** Names the user or group who is told of alerts beside the owner, as an entity ref. @public */
export const ON_CALL_ANNOTATION = 'lakehouse-ops.io/on-call';
