import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { HealthStatus } from '@lakehouse-ops/plugin-lakehouse-common';
import { makeStyles } from '@material-ui/core/styles';
import { describeError, LakehouseResource } from '../api';
import { useCache } from '../cache';
import { useCluster } from '../cluster';
import { useNow } from '../components/format';
import { Observed, stalenessOf } from '../components/states';
import { StatusMark } from '../components/status';
import { useDashboards } from '../dashboards';
import type { LakehouseEntity } from '../links';
import { tableReason, useTable } from '../tables';
import { useWorkloads } from '../workloads';
import { LAST_HOUR } from '../url';
import { headline } from './headline';
import { headlineText } from './headlineText';
import {
  cacheClause,
  dashboardsClause,
  workloadsClause,
} from './systemClauses';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'grid',
    gridTemplateColumns: '104px minmax(0, 1fr)',
    gap: theme.spacing(0, 1),
    alignItems: 'baseline',
    fontSize: theme.typography.body2.fontSize,
    fontFamily: theme.typography.fontFamily,
    overflowWrap: 'anywhere',
  },
  text: { color: theme.palette.text.secondary },
}));

interface Judgement {
  readonly status: HealthStatus;
  readonly text: string;
}

/** What a loaded thing is like; unknown, with the reason, while it can't be told. */
function judge<T>(
  resource: LakehouseResource<T>,
  now: Date,
  read: (data: T) => Judgement & { observed?: Observed },
): Judgement {
  if (resource.data === undefined) {
    return {
      status: 'unknown',
      text: resource.error ? describeError(resource.error).message : '…',
    };
  }
  const { observed, ...found } = read(resource.data);
  const stale = observed && stalenessOf(observed, now);
  return stale
    ? { status: 'unknown', text: `Not observed now: ${stale.reason}` }
    : found;
}

/** How one thing that an entity depends on is, by one call. */
export const DependencyHealth = (props: LakehouseEntity) => {
  const { scope, entityRef } = props;
  const classes = useStyles();
  const { status, text } = useJudgement(scope);
  return (
    <li className={classes.row}>
      <StatusMark status={status} />
      <span>
        <EntityRefLink entityRef={entityRef} />{' '}
        <span className={classes.text}>{text}</span>
      </span>
    </li>
  );
};

/** Each hook asks nothing but for what the entity stands for. */
function useJudgement(scope: LakehouseEntity['scope']): Judgement {
  const now = useNow(10_000);
  const kind = kindOf(scope);
  const table = useTable(kind === 'table' ? scope.table : undefined);
  const cache = useCache(
    kind === 'cache' ? scope.cache?.connection : undefined,
    LAST_HOUR,
  );
  const dashboards = useDashboards(
    kind === 'dashboard' ? scope.dashboard?.connection : undefined,
  );
  const workloads = useWorkloads(
    kind === 'workloads' ? scope.workloads : undefined,
    LAST_HOUR,
  );
  const cluster = useCluster(
    kind === 'cluster' ? scope.cluster : undefined,
    LAST_HOUR,
  );
  switch (kind) {
    case 'table':
      return judge(table, now, ({ health }) => ({
        status: health.status,
        text: tableReason(health),
      }));
    case 'cache':
      return judge(cache, now, view => ({
        ...sentence(scope.cache && cacheClause(scope.cache, view)),
        observed: view,
      }));
    case 'dashboard':
      return judge(dashboards, now, view => ({
        ...sentence(dashboardsClause(view, scope.dashboard?.id)),
        observed: view,
      }));
    case 'workloads':
      return judge(workloads, now, view => ({
        ...sentence(workloadsClause(view)),
        observed: view,
      }));
    case 'cluster':
      return judge(cluster, now, view => {
        const summary = headline({
          where: `on ${view.connection}`,
          when: 'in the last hour',
          cluster: view,
        });
        return {
          status: summary.clauses.length > 0 ? summary.status : 'healthy',
          text:
            summary.clauses.length > 0
              ? headlineText(summary)
              : 'All nodes are active.',
          observed: view,
        };
      });
    default:
      return { status: 'unknown', text: 'Its health is on its own page.' };
  }
}

function kindOf(scope: LakehouseEntity['scope']) {
  if (scope.table) return 'table';
  if (scope.cache) return 'cache';
  if (scope.dashboard) return 'dashboard';
  if (scope.cluster && !scope.querySelector) return 'cluster';
  return scope.workloads ? 'workloads' : undefined;
}

function sentence(clause: Judgement | undefined): Judgement {
  return clause
    ? {
        status: clause.status,
        text: headlineText({ ...clause, clauses: [clause] }),
      }
    : { status: 'unknown', text: '' };
}
