import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import type { WaitingApproval } from '@lakehouse-ops/plugin-runbooks-common';
import {
  PersonText,
  RiskLabel,
  runPath,
  TargetText,
  TimeLeft,
  TimeText,
} from '@lakehouse-ops/plugin-runbooks-react';

const useStyles = makeStyles(theme => ({
  row: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(0, 1.4fr) max-content',
    gap: theme.spacing(0.5, 3),
    padding: theme.spacing(1.5, 2),
    borderTop: `1px solid ${theme.palette.divider}`,
    '&:first-child': { borderTop: 'none' },
    '&:hover, &:focus-within': { backgroundColor: theme.palette.action.hover },
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: '1fr' },
  },
  question: { overflowWrap: 'anywhere' },
  link: { fontWeight: 500 },
}));

/** A run that waits for an approval: what, by whom, until when. */
export function ApprovalRow({ item }: { item: WaitingApproval }) {
  const classes = useStyles();
  const { run, decide } = item;
  const waiting =
    run.waitingFor?.kind === 'approval' ? run.waitingFor : undefined;
  return (
    <li className={classes.row}>
      <div className={classes.question}>
        <Link to={runPath(run.id)} className={classes.link}>
          {run.title}
        </Link>
        <Typography variant="body2" color="textSecondary" component="div">
          <TargetText target={run.target} />
        </Typography>
        {waiting && <Typography variant="body2">{waiting.question}</Typography>}
      </div>
      <div>
        <Typography variant="body2" component="div">
          <PersonText entityRef={run.startedBy} /> asks,{' '}
          <TimeText iso={waiting?.since ?? run.createdAt} />
        </Typography>
        {waiting && (
          <Typography variant="body2" color="textSecondary" component="div">
            <TimeLeft until={waiting.until} />
          </Typography>
        )}
        {!decide.allowed && (
          <Typography variant="body2" color="textSecondary">
            {decide.reason} {decide.remedy}
          </Typography>
        )}
      </div>
      <Typography variant="body2" component="div">
        <RiskLabel risk={run.risk} />
      </Typography>
    </li>
  );
}
