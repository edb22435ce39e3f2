import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { Link } from '@backstage/core-components';
import type { RunbookProblem } from '@lakehouse-ops/plugin-runbooks-common';

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(2) },
  list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  place: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
}));

/** Web addresses can be gone to; whatever else stands there is only told. */
export function isWebAddress(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

function placeOf({ source, line, column }: RunbookProblem): string {
  return [source, line, column].filter(part => part !== undefined).join(':');
}

/** What is wrong with runbook files, each with file and line. */
export function RunbookProblems(props: {
  problems: readonly RunbookProblem[];
  title: string;
}) {
  const classes = useStyles();
  const { problems, title } = props;
  if (problems.length === 0) return null;
  const severity = problems.some(one => one.severity === 'error')
    ? 'error'
    : 'warning';
  return (
    <Alert severity={severity} className={classes.root}>
      <AlertTitle>{title}</AlertTitle>
      <ul className={classes.list}>
        {problems.map(problem => (
          <Typography
            key={`${placeOf(problem)} ${problem.field} ${problem.message}`}
            component="li"
            variant="body2"
          >
            {isWebAddress(problem.source) ? (
              <Link to={problem.source} className={classes.place}>
                {placeOf(problem)}
              </Link>
            ) : (
              <span className={classes.place}>{placeOf(problem)}</span>
            )}{' '}
            {problem.field && (
              <span className={classes.place}>{problem.field}: </span>
            )}
            {problem.message}
          </Typography>
        ))}
      </ul>
    </Alert>
  );
}
