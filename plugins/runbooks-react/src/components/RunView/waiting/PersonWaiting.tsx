import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useApi } from '@backstage/core-plugin-api';
import type { Run, RunWaiting } from '@lakehouse-ops/plugin-runbooks-common';
import { runbooksApiRef } from '../../../api';
import { useRunCall } from '../../../hooks/useRunCall';
import { useViewer } from '../../../hooks/useViewer';
import { FailureView } from '../../FailureView';
import { personName } from '../../labels/PersonText';
import { WaitingFrame } from './WaitingFrame';

/** A run that acts as a person, whose credentials it has no more. */
export function PersonWaiting(props: {
  run: Run;
  waiting: Extract<RunWaiting, { kind: 'person' }>;
}) {
  const api = useApi(runbooksApiRef);
  const { run, waiting } = props;
  const viewer = useViewer();
  const call = useRunCall();
  const starter = personName(run.startedBy);
  const isStarter = viewer === run.startedBy;
  const done = call.answer !== undefined;
  return (
    <WaitingFrame
      title={
        isStarter ? 'Waits for you to say “go on”' : `Waits for ${starter}`
      }
      since={waiting.since}
      until={waiting.until}
    >
      <Typography>
        It acts with the rights of whoever started it. The backend was started
        anew meanwhile and does not keep those.
      </Typography>
      {viewer !== undefined && !isStarter && (
        <Typography>
          Only {starter} can let it go on. Send them the address of this page,
          or cancel the run and start your own.
        </Typography>
      )}
      {isStarter && (
        <Button
          variant="contained"
          color="primary"
          disabled={call.busy || done}
          onClick={() => call.send(() => api.continueRun(run.id))}
        >
          Go on
        </Button>
      )}
      {call.failure && (
        <FailureView failure={call.failure} title="It did not go on" />
      )}
      <Typography variant="body2" role="status">
        {done && 'It goes on.'}
      </Typography>
    </WaitingFrame>
  );
}
