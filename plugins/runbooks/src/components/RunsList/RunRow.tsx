import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import {
  isFinalRunState,
  type Run,
} from '@lakehouse-ops/plugin-runbooks-common';
import {
  describeOutcome,
  formatValue,
  PersonText,
  runPath,
  RunStateChip,
  TimeText,
  tookMs,
} from '@lakehouse-ops/plugin-runbooks-react';

const useStyles = makeStyles(theme => ({
  number: { fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' },
  nowrap: { whiteSpace: 'nowrap' },
  target: { minWidth: 235 },
  result: { minWidth: 200 },
  name: {
    fontFamily: 'monospace',
    fontSize: theme.typography.pxToRem(12),
    overflowWrap: 'anywhere',
  },
}));

/** Stands where there is nothing to say about a run. */
export const NOTHING_TO_SAY = '–';

/** What there is to say about a run in a few words. */
export function effectOf(run: Run): string {
  const { title, lines } = describeOutcome(run);
  if (!isFinalRunState(run.state)) return title;
  return lines[0] ?? NOTHING_TO_SAY;
}

/** A run in the list. */
export function RunRow({ run }: { run: Run }) {
  const classes = useStyles();
  return (
    <TableRow hover>
      <TableCell>
        <RunStateChip state={run.state} />
      </TableCell>
      <TableCell className={classes.nowrap}>
        <Link to={runPath(run.id)}>{run.title}</Link>
      </TableCell>
      <TableCell className={classes.target}>
        <span className={classes.name}>{run.target.name}</span>
        <Typography variant="caption" color="textSecondary" component="div">
          {run.target.kind} on {run.target.system} {run.target.connection}
        </Typography>
      </TableCell>
      <TableCell className={classes.result}>{effectOf(run)}</TableCell>
      <TableCell className={classes.nowrap}>
        <TimeText iso={run.createdAt} />
        <Typography variant="caption" color="textSecondary" component="div">
          by <PersonText entityRef={run.startedBy} />
        </Typography>
      </TableCell>
      <TableCell align="right" className={classes.number}>
        {formatValue(tookMs(run.startedAt, run.endedAt), 'ms')}
      </TableCell>
    </TableRow>
  );
}
