import Typography from '@material-ui/core/Typography';
import LockOutlinedIcon from '@material-ui/icons/LockOutlined';
import Alert from '@material-ui/lab/Alert';
import type { Allowance } from '@lakehouse-ops/plugin-runbooks-common';

/**
 * An answer of no, with its reason.
 *
 * @public
 */
export type Refusal = Extract<Allowance, { allowed: false }>;

/** Why something may not be run, and what to do about it. */
export function RefusalView({ refusal }: { refusal: Refusal }) {
  return (
    <Alert severity="info" icon={<LockOutlinedIcon fontSize="inherit" />}>
      <Typography variant="body2">{refusal.reason}</Typography>
      {refusal.remedy && (
        <Typography variant="body2">{refusal.remedy}</Typography>
      )}
    </Alert>
  );
}
