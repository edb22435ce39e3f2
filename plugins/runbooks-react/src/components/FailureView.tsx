import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { Failure, FailureKind } from '../failures/describeFailure';

const TITLES: Record<FailureKind, string> = {
  denied: 'You may not do this',
  'not-found': 'There is no such thing (any more)',
  invalid: 'The backend does not accept this',
  conflict: 'Something changed in the meantime',
  unreachable: 'No answer',
  server: 'The backend failed',
};

/**
 * Says what went wrong, and offers to try again.
 *
 * @public
 */
export function FailureView(props: {
  failure: Failure;
  title?: string;
  onRetry?: () => void;
}) {
  const { failure, title, onRetry } = props;
  const denied = failure.kind === 'denied';
  return (
    <Alert
      severity={denied ? 'info' : 'error'}
      icon={denied ? <LockOutlinedIcon fontSize="inherit" /> : undefined}
      action={
        onRetry && (
          <Button color="inherit" size="small" onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      <AlertTitle>{title ?? TITLES[failure.kind]}</AlertTitle>
      <Typography variant="body2">{failure.message}</Typography>
    </Alert>
  );
}
