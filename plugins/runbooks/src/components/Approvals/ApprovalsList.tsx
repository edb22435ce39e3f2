import Button from '@material-ui/core/Button';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import type { WaitingApproval } from '@lakehouse-ops/plugin-runbooks-common';
import { FailureView } from '@lakehouse-ops/plugin-runbooks-react';
import { useWaitingApprovals } from '../../reads/useWaitingApprovals';
import { ApprovalRow } from './ApprovalRow';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  group: { '& + &': { marginTop: theme.spacing(3) } },
  title: { marginBottom: theme.spacing(1) },
  empty: { padding: theme.spacing(3), marginBottom: theme.spacing(3) },
}));

function Group(props: { title: string; items: readonly WaitingApproval[] }) {
  const classes = useStyles();
  if (!props.items.length) return null;
  return (
    <section aria-label={props.title} className={classes.group}>
      <Typography variant="h6" component="h2" className={classes.title}>
        {props.title}
      </Typography>
      <Paper component="ul" className={classes.list}>
        {props.items.map(item => (
          <ApprovalRow key={item.run.id} item={item} />
        ))}
      </Paper>
    </section>
  );
}

/** Runs that wait for an approval, the viewer's to decide first. */
export function ApprovalsList() {
  const classes = useStyles();
  const { value, failure, refresh } = useWaitingApprovals();
  if (!value) {
    return failure ? (
      <FailureView failure={failure} onRetry={refresh} />
    ) : (
      <div aria-busy aria-label="Loading approvals">
        <Skeleton height={72} />
        <Skeleton height={72} />
      </div>
    );
  }
  const mine = value.items.filter(({ decide }) => decide.allowed);
  const others = value.items.filter(({ decide }) => !decide.allowed);
  return (
    <>
      {failure && (
        <Typography color="error" variant="body2" role="status">
          This may be old: {failure.message}{' '}
          <Button size="small" onClick={refresh}>
            Try again
          </Button>
        </Typography>
      )}
      {mine.length === 0 && (
        <Paper className={classes.empty}>
          <Typography>No run waits for your approval.</Typography>
        </Paper>
      )}
      <Group title="Waiting for you" items={mine} />
      <Group title="Waiting for others" items={others} />
    </>
  );
}
