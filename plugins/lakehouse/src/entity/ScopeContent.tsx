import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { makeStyles } from '@material-ui/core/styles';
import {
  ConnectionView,
  EntityScope,
  formatTableName,
  TABLE_ANNOTATION,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { describeError } from '../api';
import { ClusterSection, ClusterStrip, useCluster } from '../cluster';
import { LiveMark, Stack, TimeRangeSelect } from '../components/layout';
import { NotConfigured } from '../components/states';
import { QueriesSection, useQueryStats } from '../queries';
import { TablePanel, TablesSection, useTable, useTableCounts } from '../tables';
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
import { headline } from './headline';
import { HeadlineView } from './HeadlineView';
import {
  LakehouseViewName,
  readView,
  VIEW_TITLES,
  viewPatch,
} from './scopeViews';

const useStyles = makeStyles(theme => ({
  bar: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(2),
  },
  tabs: { minHeight: 36, flexGrow: 1 },
  tab: { minHeight: 36, minWidth: 0, padding: theme.spacing(0.5, 2) },
}));

/** The views of a scope whose connection is known, under one headline. */
export const ScopeContent = (props: {
  scope: EntityScope;
  views: readonly LakehouseViewName[];
  connection: string;
  /** All that there are, as far as is known. */
  connections: readonly ConnectionView[];
  entityRef: string;
}) => {
  const { scope, views, connection } = props;
  const classes = useStyles();
  const { params, update } = useUrlState();
  const range = readTimeRange(params);
  const view = readView(params, views);
  const fixed = {
    ...scope.querySelector,
    ...(scope.table ? { table: formatTableName(scope.table) } : {}),
  };
  const cluster = useCluster(connection, range);
  const stats = useQueryStats(connection, fixed, range);
  const table = useTable(scope.table);
  const counts = useTableCounts({
    connection,
    enabled: views.includes('tables'),
  });
  const known = props.connections.find(({ id }) => id === connection);
  const problem = cluster.error && describeError(cluster.error);
  if (!cluster.data && problem?.kind === 'not-found') {
    return (
      <NotConfigured
        title={`Connection '${connection}' is not known`}
        message={`${problem.message} ${unknownConnectionHint(scope)}`}
        snippet={unknownConnectionSnippet(scope, props.connections)}
      />
    );
  }
  const sentence = headline({
    where: whereOf(scope, connection),
    when: timeRangePhrase(range),
    stats: stats.data,
    cluster: cluster.data,
    tables: counts.data,
    table: table.data?.health,
  });
  return (
    <Stack>
      <div className={classes.bar}>
        <Tabs
          value={view}
          onChange={(_, next) => update(viewPatch(next))}
          className={classes.tabs}
          indicatorColor="primary"
          aria-label="Lakehouse views"
        >
          {views.map(name => (
            <Tab
              key={name}
              value={name}
              label={VIEW_TITLES[name]}
              className={classes.tab}
            />
          ))}
        </Tabs>
        <TimeRangeSelect
          range={range}
          onChange={next =>
            update({ ...timeRangePatch(next), page: undefined })
          }
        />
        <LiveMark resource={cluster.data ? cluster : stats} />
      </div>
      <HeadlineView
        headline={sentence}
        onOpen={link =>
          update(
            viewPatch(
              views.includes(link.view) ? link.view : views[0],
              link.filters,
            ),
          )
        }
      />
      {view === 'cluster' && (
        <ClusterSection
          connection={connection}
          cluster={cluster}
          stats={stats}
          failuresLabel={
            scope.querySelector ? 'Failed, of its own queries' : undefined
          }
          range={range}
        />
      )}
      {view === 'queries' && (
        <QueriesSection
          connection={connection}
          fixed={fixed}
          range={range}
          uiUrl={cluster.data?.uiUrl ?? known?.uiUrl}
          gaps={known?.gaps ?? []}
          entityRef={props.entityRef}
        />
      )}
      {view === 'tables' && (
        <TablesSection
          connection={connection}
          counts={counts.data}
          entityRef={props.entityRef}
        />
      )}
      {view === 'table' && scope.table && (
        <>
          <TablePanel
            table={table}
            tableRef={scope.table}
            entityRef={props.entityRef}
            notFoundHint={`The annotation ${TABLE_ANNOTATION} of this entity names it. Change the annotation if the table was renamed; a new table appears after the next sweep.`}
          />
          <ClusterStrip connection={connection} cluster={cluster} />
        </>
      )}
    </Stack>
  );
};

function whereOf(scope: EntityScope, connection: string): string {
  if (scope.table) return `on ${scope.table.schema}.${scope.table.table}`;
  const selector = scope.querySelector;
  const whose =
    selector?.source ??
    selector?.user ??
    selector?.clientTag ??
    selector?.resourceGroup;
  return whose ? `of ${whose}` : `on ${connection}`;
}
