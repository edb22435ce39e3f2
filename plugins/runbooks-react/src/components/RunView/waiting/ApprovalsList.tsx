import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { RunApproval } from '@lakehouse-ops/plugin-runbooks-common';
import { PersonText, TimeText } from '../../labels';
import { StatusShape } from '../../labels/StatusShape';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  entry: {
    display: 'flex',
    alignItems: 'baseline',
    gap: theme.spacing(1),
    overflowWrap: 'anywhere',
  },
}));

/**
 * Who agreed and who did not, when, and with which words.
 *
 * @public
 */
export function ApprovalsList(props: { approvals: readonly RunApproval[] }) {
  const classes = useStyles();
  return (
    <ul className={classes.list} aria-label="What was said so far">
      {props.approvals.map(({ by, at, decision, comment }) => (
        <Typography
          key={`${at} ${by}`}
          component="li"
          variant="body2"
          className={classes.entry}
        >
          <StatusShape kind={decision === 'approved' ? 'good' : 'bad'} />
          <span>
            <PersonText entityRef={by} /> {decision}, <TimeText iso={at} />
            {comment && `: ${comment}`}
          </span>
        </Typography>
      ))}
    </ul>
  );
}
