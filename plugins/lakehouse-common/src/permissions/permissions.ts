import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of a connection to a system. Resource refs are connection ids. @public */
export const RESOURCE_TYPE_LAKEHOUSE_CONNECTION = 'lakehouse-connection';

/** See a cluster's memory, nodes and resource groups, gateways before it, and what metrics tell of it. @public */
export const lakehouseClusterReadPermission = createPermission({
  name: 'lakehouse.cluster.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LAKEHOUSE_CONNECTION,
});

/** See queries: their text, user and errors. @public */
export const lakehouseQueryReadPermission = createPermission({
  name: 'lakehouse.query.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LAKEHOUSE_CONNECTION,
});

/** See the health of tables. @public */
export const lakehouseTableReadPermission = createPermission({
  name: 'lakehouse.table.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LAKEHOUSE_CONNECTION,
});

/** See caches: their figures, key prefixes, slow commands and stampedes. @public */
export const lakehouseCacheReadPermission = createPermission({
  name: 'lakehouse.cache.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LAKEHOUSE_CONNECTION,
});

/** See dashboards, charts, alerts and reports. @public */
export const lakehouseDashboardReadPermission = createPermission({
  name: 'lakehouse.dashboard.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LAKEHOUSE_CONNECTION,
});

/** See the workloads that run the lakehouse: pods, restarts, events. @public */
export const lakehouseWorkloadReadPermission = createPermission({
  name: 'lakehouse.workload.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LAKEHOUSE_CONNECTION,
});

/** See SLOs of what a connection tells: attainment, budget, alerts, and who spent it. @public */
export const lakehouseSloReadPermission = createPermission({
  name: 'lakehouse.slo.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_LAKEHOUSE_CONNECTION,
});

/** Silence alerts of SLOs, and take times out of their budgets. @public */
export const lakehouseSloManagePermission = createPermission({
  name: 'lakehouse.slo.manage',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_LAKEHOUSE_CONNECTION,
});

/** All permissions of the Lakehouse plugins. @public */
export const lakehousePermissions = [
  lakehouseClusterReadPermission,
  lakehouseQueryReadPermission,
  lakehouseTableReadPermission,
  lakehouseCacheReadPermission,
  lakehouseDashboardReadPermission,
  lakehouseWorkloadReadPermission,
  lakehouseSloReadPermission,
  lakehouseSloManagePermission,
];
