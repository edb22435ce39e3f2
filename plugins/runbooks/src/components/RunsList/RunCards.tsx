import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import {
  PersonText,
  runPath,
  RunStateChip,
  TargetText,
  TimeText,
} from '@lakehouse-ops/plugin-runbooks-react';
import { effectOf, NOTHING_TO_SAY } from './RunRow';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  card: {
    padding: theme.spacing(1.5),
    borderTop: `1px solid ${theme.palette.divider}`,
    '&:first-child': { borderTop: 'none' },
    overflowWrap: 'anywhere',
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(0, 2),
  },
}));

/** The runs one under the other, where a table has no room. */
export function RunCards({ runs }: { runs: readonly Run[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.list} aria-label="Runs">
      {runs.map(run => (
        <li key={run.id} className={classes.card}>
          <div className={classes.head}>
            <Link to={runPath(run.id)}>{run.title}</Link>
            <Typography variant="body2" component="span">
              <RunStateChip state={run.state} />
            </Typography>
          </div>
          <Typography variant="body2" color="textSecondary">
            <TargetText target={run.target} />
          </Typography>
          {effectOf(run) !== NOTHING_TO_SAY && (
            <Typography variant="body2">{effectOf(run)}</Typography>
          )}
          <Typography variant="caption" color="textSecondary">
            <TimeText iso={run.createdAt} /> by{' '}
            <PersonText entityRef={run.startedBy} />
          </Typography>
        </li>
      ))}
    </ul>
  );
}
