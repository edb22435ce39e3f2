import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { Run, RunApproval } from '@lakehouse-ops/plugin-runbooks-common';
import {
  CancelRunButton,
  runPath,
  RunStateChip,
  type RunEventsState,
} from '@lakehouse-ops/plugin-runbooks-react';
import { runToMarkdown } from '../../evidence/runToMarkdown';
import { CopyMarkdownButton } from './CopyMarkdownButton';
import { RunAgainButton } from './RunAgainButton';
import { RunFacts } from './RunFacts';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
  },
  words: { flex: '1 1 320px', minWidth: 0 },
  title: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    columnGap: theme.spacing(2),
    overflowWrap: 'anywhere',
  },
  actions: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1.5),
    maxWidth: 460,
  },
}));

/** What a run is, who started it and when, and what can be done with it. */
export function RunHeader(props: {
  run: Run;
  events: RunEventsState;
  approvals: readonly RunApproval[];
}) {
  const classes = useStyles();
  const { run, events, approvals } = props;
  const markdown = () =>
    runToMarkdown({
      run: { ...run, approvals },
      events: events.events,
      url: `${window.location.origin}${runPath(run.id)}`,
    });
  return (
    <div className={classes.root}>
      <div className={classes.words}>
        <div className={classes.title}>
          <Typography variant="h4" component="h2">
            {run.title}
          </Typography>
          <Typography component="span">
            <RunStateChip state={run.state} />
          </Typography>
        </div>
        <RunFacts run={run} approvals={approvals} />
      </div>
      <div className={classes.actions}>
        <CancelRunButton run={run} />
        <RunAgainButton run={run} />
        <CopyMarkdownButton markdown={markdown} />
      </div>
    </div>
  );
}
