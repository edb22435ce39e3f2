import { makeStyles } from '@material-ui/core/styles';
import type { RunTarget } from '@lakehouse-ops/plugin-runbooks-common';

const useStyles = makeStyles({
  name: { fontFamily: 'monospace', overflowWrap: 'anywhere' },
});

/**
 * What a run acts on: "query 2026… on analytics".
 *
 * @public
 */
export function TargetText({ target }: { target: RunTarget }) {
  const classes = useStyles();
  return (
    <span>
      {target.kind} <span className={classes.name}>{target.name}</span> on{' '}
      {target.system} {target.connection}
    </span>
  );
}
