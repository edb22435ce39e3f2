import Box from '@material-ui/core/Box';
import Grid from '@material-ui/core/Grid';
import Paper from '@material-ui/core/Paper';
import Typography from '@material-ui/core/Typography';
import { InfoCard, Link } from '@backstage/core-components';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import {
  cataloguePath,
  OutcomeBanner,
  RunProgress,
  RunTimeline,
  RunWaitingView,
  useRunApprovals,
  VerificationView,
  type RunEventsState,
} from '@lakehouse-ops/plugin-runbooks-react';
import { RunHeader } from './RunHeader';
import { RunTabs } from './RunTabs';
import { useStepDocs } from './useStepDocs';

/** A run that is known: what it waits for first, then its steps and their proof. */
export function RunView(props: { run: Run; events: RunEventsState }) {
  const { run, events } = props;
  const approvals = useRunApprovals(run);
  const { docs, changed } = useStepDocs(run);
  // A verification that a step shows already is not shown twice.
  const shownByStep = run.steps.some(({ verification }) => verification);
  return (
    <>
      <RunHeader run={run} events={events} approvals={approvals} />
      <Box my={3}>
        {run.state === 'waiting' && run.waitingFor ? (
          <RunWaitingView run={run} />
        ) : (
          <OutcomeBanner run={run} />
        )}
        <RunProgress state={events} />
      </Box>
      <Grid container spacing={3}>
        <Grid item xs={12} md={5} xl={4}>
          {run.verification && !shownByStep && (
            <Box mb={3}>
              <InfoCard title="Effect">
                <VerificationView verification={run.verification} />
              </InfoCard>
            </Box>
          )}
          <InfoCard title="Steps">
            <RunTimeline
              steps={run.steps}
              previewed={run.preview.steps}
              target={run.target}
              docs={docs}
            />
            {changed && (
              <Box mt={2}>
                <Typography variant="body2" color="textSecondary">
                  The runbook was changed since, so what it says about its steps
                  is not shown here.{' '}
                  <Link to={cataloguePath({ runbookId: run.runbookId })}>
                    Read it as it is now
                  </Link>
                </Typography>
              </Box>
            )}
          </InfoCard>
        </Grid>
        <Grid item xs={12} md={7} xl={8}>
          <Paper>
            <Box p={2}>
              <RunTabs run={run} events={events} approvals={approvals} />
            </Box>
          </Paper>
        </Grid>
      </Grid>
    </>
  );
}
