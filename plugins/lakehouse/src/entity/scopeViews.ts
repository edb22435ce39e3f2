import type { EntityScope } from '@lakehouse-ops/plugin-lakehouse-common';

/** What the tab of an entity can show. */
export type LakehouseViewName =
  | 'cluster'
  | 'table'
  | 'queries'
  | 'tables'
  | 'cache'
  | 'dashboards'
  | 'workloads';

/** Titles of the views. */
export const VIEW_TITLES: Record<LakehouseViewName, string> = {
  cluster: 'Cluster',
  table: 'Table',
  queries: 'Queries',
  tables: 'Tables',
  cache: 'Cache',
  dashboards: 'Dashboards',
  workloads: 'Workloads',
};

/**
 * The views that make sense for what an entity stands for, the first of them
 * being what its readers come for.
 */
export function scopeViews(scope: EntityScope): LakehouseViewName[] {
  return [
    ...trinoViews(scope),
    ...(scope.cache ? (['cache'] as const) : []),
    ...(scope.dashboard ? (['dashboards'] as const) : []),
    ...(scope.workloads ? (['workloads'] as const) : []),
  ];
}

/** Whether an entity stands for anything of Trino. */
export function needsTrino(scope: EntityScope): boolean {
  return trinoViews(scope).length > 0;
}

function trinoViews(scope: EntityScope): LakehouseViewName[] {
  if (scope.table) return ['table', 'queries'];
  if (scope.querySelector) {
    // Its cluster annotation only tells where its queries run.
    return ['queries', 'cluster'];
  }
  return scope.cluster ? ['cluster', 'queries', 'tables'] : [];
}

/** The view that a URL asks for, or the first. */
export function readView(
  params: URLSearchParams,
  views: readonly LakehouseViewName[],
): LakehouseViewName | undefined {
  return views.find(view => view === params.get('view')) ?? views[0];
}

/** Search parameters that belong to one view and go when another is chosen. */
export const VIEW_PARAMS = [
  'state',
  'user',
  'source',
  'clientTag',
  'resourceGroup',
  'table',
  'error',
  'text',
  'min',
  'max',
  'status',
  'sort',
  'order',
  'page',
  'query',
  'open',
  'prefix',
  'stampede',
  'alert',
  'dashboard',
  'workload',
] as const;

/** The patch that shows a view with filters of its own. */
export function viewPatch(
  view: LakehouseViewName,
  filters: Readonly<Record<string, string>> = {},
) {
  return {
    ...Object.fromEntries(VIEW_PARAMS.map(name => [name, undefined])),
    view,
    ...filters,
  };
}
