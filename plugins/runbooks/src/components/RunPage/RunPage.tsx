import { useParams } from 'react-router-dom';
import Box from '@material-ui/core/Box';
import { Link } from '@backstage/core-components';
import {
  FailureView,
  useRunEvents,
} from '@lakehouse-ops/plugin-runbooks-react';
import { RunPageSkeleton } from './RunPageSkeleton';
import { RunView } from './RunView';

/** A run: its outcome, steps, log, preview and evidence. */
export function RunPage() {
  const { runId } = useParams();
  const events = useRunEvents(runId);
  const { run, connection, failure } = events;

  const back = (
    <Box mb={2}>
      <Link to="/runbooks/runs">All runs</Link>
    </Box>
  );
  if (!run) {
    return (
      <>
        {back}
        {failure ? (
          <FailureView
            failure={failure}
            title={
              connection === 'reconnecting'
                ? 'No answer yet; trying again'
                : undefined
            }
          />
        ) : (
          <RunPageSkeleton />
        )}
      </>
    );
  }
  return (
    <>
      {back}
      <RunView run={run} events={events} />
    </>
  );
}
