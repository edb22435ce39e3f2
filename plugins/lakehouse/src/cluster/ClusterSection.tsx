import type {
  ClusterView,
  QueryStats,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { LakehouseResource } from '../api';
import { ConcurrencyChart, MemoryChart, TimeSpan } from '../components/charts';
import { useNow } from '../components/format';
import { Columns, Section, Stack } from '../components/layout';
import {
  EmptyNote,
  GapNotes,
  ResourceView,
  SkeletonBox,
  StaleChip,
} from '../components/states';
import { resolveTimeRange, TimeRange } from '../url';
import { clusterStaleness, reasonMissing } from './clusterFacts';
import { ClusterFigures } from './ClusterFigures';
import { FailedQueriesFigure } from './FailedQueriesFigure';
import { NodesTable } from './NodesTable';
import { ResourceGroupsTable } from './ResourceGroupsTable';

const ClusterSkeleton = () => (
  <Stack>
    <Columns minWidth={200}>
      {[1, 2, 3, 4].map(figure => (
        <SkeletonBox key={figure} height={104} />
      ))}
    </Columns>
    <Columns minWidth={440}>
      <SkeletonBox height={250} />
      <SkeletonBox height={250} />
    </Columns>
  </Stack>
);

const ClusterBody = (props: {
  view: ClusterView;
  stats: LakehouseResource<QueryStats>;
  failuresLabel: string;
  span: TimeSpan;
}) => {
  const { view, span } = props;
  const staleness = clusterStaleness(view, useNow(10_000));
  return (
    <Stack>
      {staleness && (
        <div>
          <StaleChip {...staleness} />
        </div>
      )}
      {!view.observedAt && (
        <EmptyNote text="This cluster was not observed yet. The first figures come with the next look, within a minute." />
      )}
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
          {view.resourceGroups?.length ? (
            <ResourceGroupsTable groups={view.resourceGroups} />
          ) : (
            <EmptyNote
              text={
                view.resourceGroups
                  ? 'This cluster has no resource groups.'
                  : reasonMissing(view.gaps, 'cluster.resource-groups') ??
                    'Resource groups were not observed.'
              }
            />
          )}
        </Section>
        <Section title="Nodes" note={view.version && `Trino ${view.version}`}>
          {view.nodes ? (
            <NodesTable nodes={view.nodes} />
          ) : (
            <EmptyNote
              text={
                reasonMissing(view.gaps, 'cluster.nodes') ??
                'Nodes were not observed.'
              }
            />
          )}
        </Section>
      </Columns>
      <GapNotes gaps={view.gaps} />
    </Stack>
  );
};

/** Everything about a cluster: figures, memory, concurrency, groups, nodes, and what is not known. */
export const ClusterSection = (props: {
  connection: string;
  cluster: LakehouseResource<ClusterView>;
  stats: LakehouseResource<QueryStats>;
  /** Whose failures `stats` tells. */
  failuresLabel?: string;
  range: TimeRange;
}) => (
  <ResourceView
    resource={props.cluster}
    what={`cluster ${props.connection}`}
    skeleton={<ClusterSkeleton />}
  >
    {view => (
      <ClusterBody
        view={view}
        stats={props.stats}
        failuresLabel={props.failuresLabel ?? 'Failed queries'}
        span={spanOf(props.range, props.cluster.updatedAt)}
      />
    )}
  </ResourceView>
);

function spanOf(range: TimeRange, loadedAt: Date | undefined): TimeSpan {
  const { from, to } = resolveTimeRange(range, loadedAt ?? new Date());
  return { fromMs: Date.parse(from), toMs: Date.parse(to) };
}
