import type {
  CacheRef,
  DashboardRef,
  WorkloadsRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  hitRatio,
  memoryShare,
  narrowCache,
  perSecond,
  useCache,
} from '../cache';
import {
  formatCount,
  formatRate,
  formatShare,
  RelativeTime,
  useNow,
} from '../components/format';
import type { Fact } from '../components/layout';
import type { LakehouseResource } from '../api';
import {
  Observed,
  ResourceView,
  SkeletonBox,
  StaleChip,
  stalenessOf,
} from '../components/states';
import { findDashboard, useDashboards } from '../dashboards';
import { useWorkloads } from '../workloads';
import { LAST_HOUR } from '../url';
import { CardSummary } from './CardSummary';
import type { HeadlineClause } from './headline';
import { headlineText } from './headlineText';
import {
  cacheClause,
  dashboardsClause,
  workloadsClause,
} from './systemClauses';

function SystemCardBody<T extends Observed>(props: {
  resource: LakehouseResource<T>;
  what: string;
  clause: (view: T) => HeadlineClause;
  facts: (view: T) => readonly Fact[];
}) {
  const now = useNow(10_000);
  return (
    <ResourceView
      resource={props.resource}
      what={props.what}
      skeleton={<SkeletonBox height={120} />}
    >
      {view => {
        const clause = props.clause(view);
        const staleness = stalenessOf(view, now);
        return (
          <CardSummary
            status={staleness ? 'unknown' : clause.status}
            sentence={headlineText({ ...clause, clauses: [clause] })}
            facts={props.facts(view)}
          >
            {staleness && <StaleChip {...staleness} />}
          </CardSummary>
        );
      }}
    </ResourceView>
  );
}

/** A cache, or a part of it, for somebody who depends on it. */
export const CacheCardBody = (props: { cacheRef: CacheRef }) => {
  const { cacheRef } = props;
  return (
    <SystemCardBody
      resource={useCache(cacheRef.connection, LAST_HOUR)}
      what={`cache ${cacheRef.connection}`}
      clause={view => cacheClause(cacheRef, view)}
      facts={whole => {
        const view = narrowCache(whole, cacheRef);
        const use = cacheRef.prefix
          ? view.prefixes[0]?.use
          : view.latest?.activity;
        return [
          { name: 'Hit ratio', value: formatShare(hitRatio(use)) },
          {
            name: 'Misses',
            value: formatRate(perSecond(use?.misses, use?.windowSeconds)),
          },
          {
            name: 'Memory in use',
            value: formatShare(memoryShare(view.latest)),
          },
          {
            name: 'Stampedes, last hour',
            value: formatCount(view.stampedes.length),
          },
        ];
      }}
    />
  );
};

/** A dashboard for somebody who looks at it. */
export const DashboardCardBody = (props: { dashboardRef: DashboardRef }) => {
  const { connection, id } = props.dashboardRef;
  return (
    <SystemCardBody
      resource={useDashboards(connection)}
      what={`dashboards on ${connection}`}
      clause={view => dashboardsClause(view, id)}
      facts={view => {
        const dashboard = findDashboard(view, id);
        const charts = dashboard?.charts;
        return [
          { name: 'Charts', value: formatCount(charts?.length) },
          {
            name: 'Outdated',
            value: formatCount(charts?.filter(one => one.outdated).length),
          },
          {
            name: 'Tables read',
            value: formatCount(dashboard?.datasets.length),
          },
          {
            name: 'Changed',
            value: <RelativeTime time={dashboard?.changedAt} />,
          },
        ];
      }}
    />
  );
};

/** What runs something, for somebody who depends on it. */
export const WorkloadsCardBody = (props: { workloadsRef: WorkloadsRef }) => {
  const { workloadsRef } = props;
  return (
    <SystemCardBody
      resource={useWorkloads(workloadsRef, LAST_HOUR)}
      what={`workloads on ${workloadsRef.connection}`}
      clause={workloadsClause}
      facts={({ workloads }) => {
        const sum = (pick: (one: (typeof workloads)[number]) => number) =>
          formatCount(workloads.reduce((total, one) => total + pick(one), 0));
        return [
          { name: 'Pods ready', value: sum(({ replicas }) => replicas.ready) },
          {
            name: 'Pods wanted',
            value: sum(({ replicas }) => replicas.wanted),
          },
          { name: 'Restarts', value: sum(({ restarts }) => restarts) },
          {
            name: 'Out-of-memory kills',
            value: sum(({ oomKills }) => oomKills),
          },
        ];
      }}
    />
  );
};
