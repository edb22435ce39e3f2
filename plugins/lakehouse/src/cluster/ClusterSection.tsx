import type {
  ClusterView,
  ConnectionView,
  QueryStats,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { LakehouseResource } from '../api';
import { ConcurrencyChart, MemoryChart, TimeSpan } from '../components/charts';
import { Columns, Section, Stack } from '../components/layout';
import {
  FiguresSkeleton,
  ListOrReason,
  ObservedView,
  ResourceView,
} from '../components/states';
import { ExternalLinks } from '../links';
import { TimeRange, timeSpanOf } from '../url';
import { AccessDenials } from './AccessDenials';
import { ClusterAlerts } from './ClusterAlerts';
import { ClusterGateways } from './ClusterGateways';
import { ClusterFigures } from './ClusterFigures';
import { FailedQueriesFigure } from './FailedQueriesFigure';
import { NodesTable } from './NodesTable';
import { ResourceGroupsTable } from './ResourceGroupsTable';

const ClusterBody = (props: {
  view: ClusterView;
  stats: LakehouseResource<QueryStats>;
  failuresLabel: string;
  span: TimeSpan;
}) => {
  const { view, span } = props;
  return (
    <ObservedView view={view} what="This cluster">
      <ExternalLinks links={view.links} />
      <ClusterFigures view={view}>
        <FailedQueriesFigure
          label={props.failuresLabel}
          stats={props.stats}
          gaps={view.gaps}
        />
      </ClusterFigures>
      <Columns minWidth={440}>
        <Section padded>
          <MemoryChart
            series={view.series}
            gaps={view.gaps}
            holdMs={view.staleAfterSeconds * 1_000}
            span={span}
          />
        </Section>
        <Section padded>
          <ConcurrencyChart view={view} span={span} />
        </Section>
      </Columns>
      <Columns minWidth={440}>
        <Section title="Resource groups">
          <ListOrReason
            items={view.resourceGroups}
            gaps={view.gaps}
            subjects={['cluster.resource-groups']}
            none="This cluster has no resource groups."
            unseen="Resource groups were not observed."
          >
            {groups => <ResourceGroupsTable groups={groups} />}
          </ListOrReason>
        </Section>
        <Section title="Nodes" note={view.version && `Trino ${view.version}`}>
          <ListOrReason
            items={view.nodes}
            gaps={view.gaps}
            subjects={['cluster.nodes']}
            none="This cluster has no nodes."
            unseen="Nodes were not observed."
          >
            {nodes => <NodesTable nodes={nodes} />}
          </ListOrReason>
        </Section>
      </Columns>
    </ObservedView>
  );
};

/** Everything about a cluster: figures, memory, concurrency, groups, nodes, and what is not known. */
export const ClusterSection = (props: {
  connection: string;
  /** All that there are: some stand before this cluster, or watch it. */
  connections: readonly ConnectionView[];
  cluster: LakehouseResource<ClusterView>;
  stats: LakehouseResource<QueryStats>;
  /** Whose failures `stats` tells. */
  failuresLabel?: string;
  range: TimeRange;
  entityRef?: string;
  /** Shows one query of this cluster. */
  onOpenQuery?: (queryId: string) => void;
}) => (
  <Stack>
    <ResourceView
      resource={props.cluster}
      what={`cluster ${props.connection}`}
      skeleton={<FiguresSkeleton />}
    >
      {view => (
        <ClusterBody
          view={view}
          stats={props.stats}
          failuresLabel={props.failuresLabel ?? 'Failed queries'}
          span={timeSpanOf(props.range, props.cluster.updatedAt)}
        />
      )}
    </ResourceView>
    <ClusterAlerts
      connection={props.connection}
      connections={props.connections}
    />
    <ClusterGateways {...props} />
    <AccessDenials {...props} />
  </Stack>
);
