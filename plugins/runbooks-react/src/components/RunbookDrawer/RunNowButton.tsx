import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Preview,
  RunbookSummary,
  RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { StartRunState } from '../../hooks/useStartRun';

const useStyles = makeStyles({
  root: { maxWidth: 420, textTransform: 'none' },
  // Cut by the eye only: screen readers still hear the whole name.
  label: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' },
});

/** What is done: of a runbook file its verb says it all. */
function labelOf(
  runbook: RunbookSummary,
  target: RunTarget | undefined,
  preview: Preview | undefined,
): string {
  const { kind, verb } = runbook;
  const what = kind === 'runbook' || !target ? verb : `${verb} ${target.name}`;
  return (preview ?? runbook).approval ? `Request approval: ${what}` : what;
}

/**
 * Confirms the preview. It names verb and object, and works only while there
 * is a fresh preview for exactly the parameters that are shown.
 */
export function RunNowButton(props: {
  runbook: RunbookSummary;
  target?: RunTarget;
  preview?: Preview;
  starter: StartRunState;
}) {
  const classes = useStyles();
  const { runbook, target, preview, starter } = props;
  if (starter.unanswered) {
    return (
      <Button variant="contained" color="primary" onClick={starter.retry}>
        Send the same request again
      </Button>
    );
  }
  const runnable = preview?.execute.allowed === true && !starter.starting;
  return (
    <Button
      variant="contained"
      color="primary"
      className={classes.root}
      disabled={!runnable}
      onClick={() => preview && starter.start(preview)}
    >
      <span className={classes.label} title={target?.name}>
        {starter.starting ? 'Starting …' : labelOf(runbook, target, preview)}
      </span>
    </Button>
  );
}
