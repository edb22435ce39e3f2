import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Gap } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatClock, formatUtc } from '../format';
import { useLakehouseColors } from '../useLakehouseColors';
import { hatching } from './hatching';

const useStyles = makeStyles(theme => ({
  root: {
    padding: theme.spacing(1, 1.5),
    borderRadius: theme.shape.borderRadius,
    borderLeft: '3px solid',
  },
}));

const SUBJECTS: Record<string, string> = {
  queries: 'Queries',
  'query-events': 'Query events',
  'cluster.memory': 'Memory',
  'cluster.nodes': 'Nodes',
  'cluster.queries': 'Query counts',
  'cluster.resource-groups': 'Resource groups',
  tables: 'Tables',
  cache: 'Cache',
  'cache.latency': 'Latency of commands',
  'cache.slowlog': 'Slow commands',
  'cache.config': 'Settings of the cache',
  'cache.keyspace': 'Keys by prefix',
  'cache.telemetry': 'Hits and misses by prefix',
  dashboards: 'Dashboards',
  alerts: 'Alerts',
  'alerts.log': 'History of alerts',
  'charts.cache': 'Age of cached charts',
  workloads: 'Workloads',
  'workloads.events': 'Events',
  'workloads.pods': 'Pods',
  gateway: 'Gateway',
  'gateway.routes': 'Ways of queries',
  metrics: 'Metrics',
  'metrics.alerts': 'Prometheus alerts',
  'metrics.targets': 'Scrape targets',
};

/** What a gap is about, in words. */
export function describeGapSubject(gap: Gap): string {
  return (
    SUBJECTS[gap.subject] ?? gap.subject.replace(/^(table|node|namespace):/, '')
  );
}

/** Something was not observed: since when, why, and what to do. */
export const GapNote = (props: { gap: Gap }) => {
  const { gap } = props;
  const classes = useStyles();
  const colors = useLakehouseColors();
  const span = gap.until
    ? `${formatClock(gap.since)}–${formatClock(gap.until)}`
    : `since ${formatClock(gap.since)}`;
  return (
    <div
      className={classes.root}
      style={{
        borderColor: colors.hatch,
        backgroundImage: hatching(colors.hatch),
      }}
      role="note"
      data-state="gap"
    >
      <Typography variant="body2" component="p">
        <strong>{describeGapSubject(gap)}</strong>{' '}
        <span title={formatUtc(gap.since)}>not observed {span}</span>:{' '}
        {gap.reason}
      </Typography>
      <Typography variant="body2" color="textSecondary" component="p">
        To do: {gap.remedy}
      </Typography>
    </div>
  );
};
