import { useParams } from 'react-router-dom';
import Box from '@material-ui/core/Box';
import Grid from '@material-ui/core/Grid';
import Paper from '@material-ui/core/Paper';
import { InfoCard, Link } from '@backstage/core-components';
import {
  FailureView,
  OutcomeBanner,
  RunProgress,
  RunTimeline,
  useRunEvents,
  VerificationView,
} from '@lakehouse-ops/plugin-runbooks-react';
import { RunHeader } from './RunHeader';
import { RunPageSkeleton } from './RunPageSkeleton';
import { RunTabs } from './RunTabs';

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
      <RunHeader run={run} events={events} />
      <Box my={3}>
        <OutcomeBanner run={run} />
        <RunProgress state={events} />
      </Box>
      <Grid container spacing={3}>
        <Grid item xs={12} md={4} xl={3}>
          <InfoCard title="Steps">
            <RunTimeline steps={run.steps} />
          </InfoCard>
          {run.verification && (
            <Box mt={3}>
              <InfoCard title="Effect">
                <VerificationView verification={run.verification} />
              </InfoCard>
            </Box>
          )}
        </Grid>
        <Grid item xs={12} md={8} xl={9}>
          <Paper>
            <Box p={2}>
              <RunTabs run={run} events={events} />
            </Box>
          </Paper>
        </Grid>
      </Grid>
    </>
  );
}
