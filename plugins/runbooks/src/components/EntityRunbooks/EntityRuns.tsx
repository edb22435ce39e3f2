import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import {
  isFinalRunState,
  type Run,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  PersonText,
  runPath,
  RunStateChip,
  TimeText,
} from '@lakehouse-ops/plugin-runbooks-react';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  run: {
    padding: theme.spacing(1, 0),
    borderTop: `1px solid ${theme.palette.divider}`,
    '&:first-child': { borderTop: 'none', paddingTop: 0 },
  },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0, 2),
  },
  when: { marginLeft: 'auto', whiteSpace: 'nowrap' },
  words: { overflowWrap: 'anywhere' },
}));

/** What still goes on first, else as they came. */
export function runningFirst(runs: readonly Run[]): Run[] {
  const goesOn = ({ state }: Run) => (isFinalRunState(state) ? 1 : 0);
  return [...runs].sort((a, b) => goesOn(a) - goesOn(b));
}

/** Runs of an entity, those that go on first. */
export function EntityRuns({ runs }: { runs: readonly Run[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.list} aria-label="Runs">
      {runningFirst(runs).map(run => (
        <li key={run.id} className={classes.run}>
          <Typography component="div" className={classes.head}>
            <RunStateChip state={run.state} />
            <Link to={runPath(run.id)}>{run.title}</Link>
            <Typography
              component="span"
              variant="body2"
              color="textSecondary"
              className={classes.when}
            >
              <TimeText iso={run.createdAt} /> by{' '}
              <PersonText entityRef={run.startedBy} />
            </Typography>
          </Typography>
          <Typography
            variant="body2"
            color="textSecondary"
            className={classes.words}
          >
            {run.verification?.summary ??
              run.error?.message ??
              `${run.target.kind} ${run.target.name} on ${run.target.connection}`}
          </Typography>
        </li>
      ))}
    </ul>
  );
}
