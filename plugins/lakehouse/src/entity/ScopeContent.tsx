import type { Entity } from '@backstage/catalog-model';
import type {
  ConnectionView,
  EntityScope,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { describeError } from '../api';
import { useNow } from '../components/format';
import {
  LiveMark,
  Stack,
  TimeRangeSelect,
  ViewTabs,
} from '../components/layout';
import { NotConfigured } from '../components/states';
import {
  readTimeRange,
  timeRangePatch,
  timeRangePhrase,
  useUrlState,
} from '../url';
import {
  unknownConnectionHint,
  unknownConnectionSnippet,
} from './annotationHints';
import { DependsOn } from './DependsOn';
import { headline } from './headline';
import { HeadlineView } from './HeadlineView';
import { ScopeView } from './ScopeView';
import { readView, VIEW_TITLES, viewPatch } from './scopeViews';
import { useSlosClause } from './useSlosClause';
import {
  cacheClause,
  currentClause,
  dashboardsClause,
  workloadsClause,
} from './systemClauses';
import { ScopeData, useScopeData } from './useScopeData';

/** The views of a scope under one headline. */
export const ScopeContent = (props: {
  scope: EntityScope;
  /** The Trino connection, where the entity stands for anything of Trino. */
  connection: string | undefined;
  /** All that there are, as far as is known. */
  connections: readonly ConnectionView[];
  entity: Entity;
  entityRef: string;
}) => {
  const { scope, connection, connections, entityRef } = props;
  const { params, update } = useUrlState();
  const range = readTimeRange(params);
  const data = useScopeData({ scope, connection, connections, range });
  const view = readView(params, data.views);
  const now = useNow(10_000);
  const slos = useSlosClause(props.entity);
  const problem = data.cluster.error && describeError(data.cluster.error);
  if (connection && !data.cluster.data && problem?.kind === 'not-found') {
    return (
      <NotConfigured
        title={`Connection '${connection}' is not known`}
        message={`${problem.message} ${unknownConnectionHint(scope)}`}
        snippet={unknownConnectionSnippet(scope, connections)}
      />
    );
  }
  const sentence = headline({
    where: whereOf(scope, connection),
    when: timeRangePhrase(range),
    stats: data.stats.data,
    cluster: data.cluster.data,
    tables: data.counts.data,
    table: data.table.data?.health,
    others: [...otherClauses(scope, data, now), ...slos],
    now,
  });
  return (
    <Stack>
      <ViewTabs
        label="Lakehouse views"
        views={data.views.map(name => ({ name, title: VIEW_TITLES[name] }))}
        view={view}
        onView={next => update(viewPatch(next))}
      >
        <TimeRangeSelect
          range={range}
          onChange={next =>
            update({ ...timeRangePatch(next), page: undefined })
          }
        />
        <LiveMark resource={shownResource(view, data)} />
      </ViewTabs>
      <HeadlineView
        headline={sentence}
        onOpen={link =>
          update(
            viewPatch(
              data.views.includes(link.view) ? link.view : data.views[0],
              link.filters,
            ),
          )
        }
      />
      {view === data.views[0] && <DependsOn entity={props.entity} boxed />}
      <ScopeView
        view={view}
        scope={scope}
        data={data}
        connection={connection}
        connections={connections}
        range={range}
        entityRef={entityRef}
      />
    </Stack>
  );
};

function shownResource(view: ReturnType<typeof readView>, data: ScopeData) {
  switch (view) {
    case 'cache':
      return data.cache;
    case 'dashboards':
      return data.dashboards;
    case 'workloads':
      return data.workloads;
    default:
      return data.cluster.data ? data.cluster : data.stats;
  }
}

function otherClauses(scope: EntityScope, data: ScopeData, now: Date) {
  const cache = data.cache.data;
  const dashboards = data.dashboards.data;
  const workloads = data.workloads.data;
  return [
    scope.cache &&
      cache &&
      currentClause(cacheClause(scope.cache, cache), cache, now),
    dashboards &&
      currentClause(
        dashboardsClause(dashboards, scope.dashboard?.id),
        dashboards,
        now,
      ),
    workloads && currentClause(workloadsClause(workloads), workloads, now),
  ].flatMap(clause => clause || []);
}

function whereOf(scope: EntityScope, connection: string | undefined): string {
  if (scope.table) return `on ${scope.table.schema}.${scope.table.table}`;
  const selector = scope.querySelector;
  const whose =
    selector?.source ??
    selector?.user ??
    selector?.clientTag ??
    selector?.resourceGroup;
  return whose ? `of ${whose}` : `on ${connection ?? 'this entity'}`;
}
