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
};

/** What a gap is about, in words. */
export function describeGapSubject(gap: Gap): string {
  return SUBJECTS[gap.subject] ?? gap.subject.replace(/^table:/, '');
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
