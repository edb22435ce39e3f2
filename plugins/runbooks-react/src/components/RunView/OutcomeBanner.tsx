import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { describeOutcome } from './outcome';

const useStyles = makeStyles({ alone: { marginBottom: 0 } });

/**
 * Where a run stands: on failure which step, what was already done, and what
 * to do next. Changes are announced to screen readers.
 *
 * @public
 */
export function OutcomeBanner({ run }: { run: Run }) {
  const classes = useStyles();
  const { severity, title, lines } = describeOutcome(run);
  return (
    <div role="status" aria-live="polite">
      <Alert severity={severity} role="presentation">
        <AlertTitle className={lines.length ? undefined : classes.alone}>
          {title}
        </AlertTitle>
        {lines.map(line => (
          <Typography key={line} variant="body2">
            {line}
          </Typography>
        ))}
      </Alert>
    </div>
  );
}
