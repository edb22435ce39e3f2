import {
  ConnectionView,
  EntityScope,
  TABLE_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { CacheSection } from '../cache';
import { ClusterSection, ClusterStrip } from '../cluster';
import { DashboardsOfTable, DashboardsSection } from '../dashboards';
import { QueriesSection } from '../queries';
import { TablePanel, TablesSection } from '../tables';
import { TimeRange, useUrlState } from '../url';
import { WorkloadsSection } from '../workloads';
import { LakehouseViewName, viewPatch } from './scopeViews';
import type { ScopeData } from './useScopeData';

interface ScopeViewProps {
  readonly view: LakehouseViewName | undefined;
  readonly scope: EntityScope;
  readonly data: ScopeData;
  /** The Trino connection, where the entity stands for anything of Trino. */
  readonly connection: string | undefined;
  readonly connections: readonly ConnectionView[];
  readonly range: TimeRange;
  readonly entityRef: string;
}

/** One view of what an entity stands for. */
export const ScopeView = (props: ScopeViewProps) => {
  const { view, scope, data, connections, range, entityRef } = props;
  const { update } = useUrlState();
  switch (view) {
    case 'cache':
      return scope.cache ? (
        <CacheSection
          cacheRef={scope.cache}
          cache={data.cache}
          range={range}
          entityRef={entityRef}
        />
      ) : null;
    case 'dashboards':
      return scope.dashboard ? (
        <DashboardsSection
          connection={scope.dashboard.connection}
          dashboard={scope.dashboard.id}
          dashboards={data.dashboards}
          entityRef={entityRef}
        />
      ) : null;
    case 'workloads':
      return (
        <WorkloadsSection
          connection={
            scope.workloads?.connection ??
            data.workloads.data?.connection ??
            'Kubernetes'
          }
          workloads={data.workloads}
          range={range}
          entityRef={entityRef}
        />
      );
    default:
  }
  const { connection } = props;
  if (!connection) return null;
  const known = connections.find(({ id }) => id === connection);
  switch (view) {
    case 'cluster':
      return (
        <ClusterSection
          connection={connection}
          connections={connections}
          cluster={data.cluster}
          stats={data.stats}
          failuresLabel={
            scope.querySelector ? 'Failed, of its own queries' : undefined
          }
          range={range}
          entityRef={entityRef}
          onOpenQuery={query => update(viewPatch('queries', { query }))}
        />
      );
    case 'queries':
      return (
        <QueriesSection
          connection={connection}
          connections={connections}
          fixed={data.fixed}
          range={range}
          uiUrl={data.cluster.data?.uiUrl ?? known?.uiUrl}
          gaps={known?.gaps ?? []}
          entityRef={entityRef}
        />
      );
    case 'tables':
      return (
        <TablesSection
          connection={connection}
          counts={data.counts.data}
          entityRef={entityRef}
        />
      );
    case 'table':
      return scope.table ? (
        <>
          <TablePanel
            table={data.table}
            tableRef={scope.table}
            entityRef={entityRef}
            notFoundHint={`The annotation ${TABLE_ANNOTATION} of this entity names it. Change the annotation if the table was renamed; a new table appears after the next sweep.`}
          />
          {connections.some(({ system }) => system === 'superset') && (
            <DashboardsOfTable tableRef={scope.table} />
          )}
          <ClusterStrip connection={connection} cluster={data.cluster} />
        </>
      ) : null;
    default:
      return null;
  }
};
