import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type { Run } from '@lakehouse-ops/plugin-runbooks-common';
import {
  CancelRunButton,
  formatValue,
  RiskLabel,
  runPath,
  RunStateChip,
  TargetText,
  TimeText,
  type RunEventsState,
} from '@lakehouse-ops/plugin-runbooks-react';
import { runToMarkdown } from '../../evidence/runToMarkdown';
import { PersonText } from '../layout/PersonText';
import { CopyMarkdownButton } from './CopyMarkdownButton';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
  },
  facts: {
    display: 'flex',
    flexWrap: 'wrap',
    columnGap: theme.spacing(3),
    rowGap: theme.spacing(0.5),
    margin: theme.spacing(1, 0, 0),
    '& > div': { display: 'flex', gap: theme.spacing(1) },
    '& dd': { margin: 0, fontWeight: 500 },
  },
  actions: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(2),
    maxWidth: 460,
  },
}));

function Facts({ run }: { run: Run }) {
  const classes = useStyles();
  const tookMs =
    run.startedAt && run.endedAt
      ? Date.parse(run.endedAt) - Date.parse(run.startedAt)
      : undefined;
  return (
    <Typography component="dl" variant="body2" className={classes.facts}>
      <div>
        <dt>State</dt>
        <dd>
          <RunStateChip state={run.state} />
        </dd>
      </div>
      <div>
        <dt>Target</dt>
        <dd>
          <TargetText target={run.target} />
        </dd>
      </div>
      {run.entityRef && (
        <div>
          <dt>Entity</dt>
          <dd>
            <EntityRefLink entityRef={run.entityRef} />
          </dd>
        </div>
      )}
      <div>
        <dt>Started by</dt>
        <dd>
          <PersonText entityRef={run.startedBy} />
        </dd>
      </div>
      <div>
        <dt>Started</dt>
        <dd>
          <TimeText iso={run.createdAt} />
        </dd>
      </div>
      {tookMs !== undefined && (
        <div>
          <dt>Took</dt>
          <dd>{formatValue(tookMs, 'ms')}</dd>
        </div>
      )}
      <div>
        <dt>Risk</dt>
        <dd>
          <RiskLabel risk={run.risk} />
        </dd>
      </div>
    </Typography>
  );
}

/** What a run is, who started it and when, and what can be done with it. */
export function RunHeader(props: { run: Run; events: RunEventsState }) {
  const classes = useStyles();
  const { run, events } = props;
  const markdown = () =>
    runToMarkdown({
      run,
      events: events.events,
      url: `${window.location.origin}${runPath(run.id)}`,
    });
  return (
    <div className={classes.root}>
      <div>
        <Typography variant="h4" component="h2">
          {run.title}
        </Typography>
        <Facts run={run} />
      </div>
      <div className={classes.actions}>
        <CancelRunButton run={run} />
        <CopyMarkdownButton markdown={markdown} />
      </div>
    </div>
  );
}
