import { makeStyles } from '@material-ui/core/styles';
import Skeleton from '@material-ui/lab/Skeleton';
import type { JsonObject } from '@backstage/types';
import type { Run, RunTarget } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunEventsState } from '../../hooks';
import { useRunbook } from '../../hooks/useRunbook';
import type { StartRunState } from '../../hooks/useStartRun';
import { FailureView } from '../FailureView';
import { PreparePanel } from './PreparePanel';
import { RunPanel } from './RunPanel';

const useStyles = makeStyles(theme => ({
  body: { padding: theme.spacing(0, 3) },
}));

/** Chooses between loading, preparing and following. */
export function DrawerContent(props: {
  runbookId: string;
  target?: RunTarget;
  given: JsonObject;
  proposed: JsonObject;
  entityRef?: string;
  run?: Run;
  events: RunEventsState;
  starter: StartRunState;
  onPrepareAgain(): void;
  onClose(): void;
}) {
  const classes = useStyles();
  const { runbook, failure, retry } = useRunbook(props.runbookId);
  if (props.run) {
    return (
      <RunPanel
        key={props.run.id}
        run={props.run}
        events={props.events}
        onPrepareAgain={props.onPrepareAgain}
        onClose={props.onClose}
      />
    );
  }
  if (failure) {
    return (
      <div className={classes.body}>
        <FailureView failure={failure} onRetry={retry} />
      </div>
    );
  }
  if (!runbook) {
    return (
      <div className={classes.body} aria-busy aria-label="Loading">
        <Skeleton width="90%" />
        <Skeleton width="50%" height={48} />
        <Skeleton variant="rect" height={160} />
      </div>
    );
  }
  return (
    <PreparePanel
      runbook={runbook}
      target={props.target}
      given={props.given}
      proposed={props.proposed}
      entityRef={props.entityRef}
      starter={props.starter}
      onClose={props.onClose}
    />
  );
}
