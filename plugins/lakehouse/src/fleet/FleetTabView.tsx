import type { ReactNode } from 'react';
import type { ConnectionView } from '@lakehouse-ops/plugin-lakehouse-common';
import { CacheSection, useCache } from '../cache';
import { Section, Stack } from '../components/layout';
import { DashboardsSection, useDashboards } from '../dashboards';
import { SlosSection } from '../slo';
import { TableCounts, TablesSection } from '../tables';
import { TimelineSection } from '../timeline';
import { TimeRange, useUrlState } from '../url';
import { useWorkloads, WorkloadsSection } from '../workloads';
import { ClusterTable } from './ClusterTable';
import { ConnectionsTable } from './ConnectionsTable';
import { connectionPatch, FleetTab } from './fleetTabs';
import { SystemTab } from './SystemTab';

interface FleetTabProps {
  readonly tab: FleetTab;
  readonly connections: readonly ConnectionView[];
  /** The Trino connection that the lists are narrowed to. */
  readonly chosen?: ConnectionView;
  readonly counts?: TableCounts;
  readonly range: TimeRange;
  /** Narrows lists to a Trino connection. */
  readonly filters: ReactNode;
}

const CacheOf = (props: { connection: string; range: TimeRange }) => (
  <CacheSection
    cacheRef={{ connection: props.connection }}
    cache={useCache(props.connection, props.range)}
    range={props.range}
  />
);

const DashboardsOf = (props: { connection: string }) => (
  <DashboardsSection
    connection={props.connection}
    dashboards={useDashboards(props.connection)}
  />
);

const WorkloadsOf = (props: { connection: string; range: TimeRange }) => (
  <WorkloadsSection
    connection={props.connection}
    workloads={useWorkloads({ connection: props.connection }, props.range)}
    range={props.range}
  />
);

/** One part of the `/lakehouse` page. */
export const FleetTabView = (props: FleetTabProps) => {
  const { connections, chosen, range } = props;
  const { params, update } = useUrlState();
  const clusters = connections.filter(({ system }) => system === 'trino');
  const others = connections.filter(({ system }) => system !== 'trino');
  switch (props.tab) {
    case 'tables':
      return (
        <TablesSection
          connection={chosen?.id}
          showConnection={clusters.length > 1 && !chosen}
          counts={props.counts}
          filters={props.filters}
        />
      );
    case 'caches':
      return (
        <SystemTab
          system="redis"
          connections={connections}
          onChoose={connectionPatch}
        >
          {({ id }) => <CacheOf key={id} connection={id} range={range} />}
        </SystemTab>
      );
    case 'dashboards':
      return (
        <SystemTab
          system="superset"
          connections={connections}
          onChoose={connectionPatch}
        >
          {({ id }) => <DashboardsOf key={id} connection={id} />}
        </SystemTab>
      );
    case 'workloads':
      return (
        <SystemTab
          system="kubernetes"
          connections={connections}
          onChoose={connectionPatch}
        >
          {({ id }) => <WorkloadsOf key={id} connection={id} range={range} />}
        </SystemTab>
      );
    case 'slos':
      return <SlosSection />;
    case 'timeline':
      return (
        <TimelineSection
          range={range}
          onOpen={event => {
            const of = connections.find(({ id }) => id === event.connection);
            if (of) update(connectionPatch(of));
          }}
        />
      );
    default:
      return (
        <Stack>
          <Section title="Clusters">
            <ClusterTable
              connections={chosen ? [chosen] : clusters}
              openCluster={params.get('cluster') ?? undefined}
              onOpen={cluster => update({ cluster })}
            />
          </Section>
          {others.length > 0 && (
            <Section title="Other systems">
              <ConnectionsTable
                connections={others}
                onOpen={connection => update(connectionPatch(connection))}
              />
            </Section>
          )}
        </Stack>
      );
  }
};
