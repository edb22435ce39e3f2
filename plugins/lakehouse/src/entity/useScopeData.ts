import {
  ConnectionView,
  EntityScope,
  formatTableName,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { useCache } from '../cache';
import { useCluster } from '../cluster';
import { useDashboards } from '../dashboards';
import { useQueryStats } from '../queries';
import { useTable, useTableCounts } from '../tables';
import type { TimeRange } from '../url';
import { useWorkloads, useWorkloadsOf } from '../workloads';
import { LakehouseViewName, scopeViews } from './scopeViews';

const WITH_WORKLOADS: readonly LakehouseViewName[] = ['workloads'];

/** Everything that an entity's annotations point at, kept up to date. */
export function useScopeData(options: {
  scope: EntityScope;
  /** The Trino connection, where the entity stands for anything of Trino. */
  connection: string | undefined;
  connections: readonly ConnectionView[];
  range: TimeRange;
}) {
  const { scope, connection, range } = options;
  const fixed = {
    ...scope.querySelector,
    ...(scope.table ? { table: formatTableName(scope.table) } : {}),
  };
  const views = scopeViews(scope);
  const own = useWorkloads(scope.workloads, range);
  // What runs a cluster belongs to it, also where no annotation names it.
  const found = useWorkloadsOf({
    of: views[0] === 'cluster' && !scope.workloads ? connection : undefined,
    connections: options.connections,
    range,
  });
  const workloads = scope.workloads
    ? own
    : { ...found, data: found.data?.view };
  return {
    fixed,
    views:
      !scope.workloads && workloads.data
        ? [...views, ...WITH_WORKLOADS]
        : views,
    cluster: useCluster(connection, range),
    stats: useQueryStats(connection, fixed, range),
    table: useTable(scope.table),
    counts: useTableCounts({ connection, enabled: views.includes('tables') }),
    cache: useCache(scope.cache?.connection, range),
    dashboards: useDashboards(scope.dashboard?.connection),
    workloads,
  };
}

/** What {@link useScopeData} gives. */
export type ScopeData = ReturnType<typeof useScopeData>;
