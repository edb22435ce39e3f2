import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import { describeOutcome } from './outcome';

/**
 * Where a run stands: on failure which step, what was already done, and what
 * to do next. Changes are announced to screen readers.
 *
 * @public
 */
export function OutcomeBanner({ run }: { run: Run }) {
  const { severity, title, lines } = describeOutcome(run);
  return (
    <div role="status" aria-live="polite">
      <Alert severity={severity} role="presentation">
        <AlertTitle>{title}</AlertTitle>
        {lines.map(line => (
          <Typography key={line} variant="body2">
            {line}
          </Typography>
        ))}
      </Alert>
    </div>
  );
}
