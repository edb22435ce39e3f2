import { useEffect, useRef } from 'react';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { Link } from '@backstage/core-components';
import {
  isFinalRunState,
  type Run,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { RunEventsState } from '../../hooks';
import { runPath } from '../../routes';
import {
  CancelRunButton,
  OutcomeBanner,
  RunLog,
  RunProgress,
  RunTimeline,
  RunWaitingView,
  VerificationView,
} from '../RunView';
import { TargetText } from '../labels';
import { DrawerFooter } from './DrawerFooter';
import { Section } from './Section';

const useStyles = makeStyles(theme => ({
  body: { flex: 1, overflowY: 'auto', padding: theme.spacing(0, 3, 3) },
  banner: { outline: 'none', marginTop: theme.spacing(2) },
  note: { marginRight: 'auto', order: -1 },
}));

/** What the drawer shows from the start of a run to its end. */
export function RunPanel(props: {
  run: Run;
  events: RunEventsState;
  onPrepareAgain(): void;
  onClose(): void;
}) {
  const classes = useStyles();
  const { run, events, onPrepareAgain, onClose } = props;
  const banner = useRef<HTMLDivElement>(null);
  const ended = isFinalRunState(run.state);

  // The button that had the focus is gone: the news take it over.
  useEffect(() => banner.current?.focus(), []);

  return (
    <>
      <div className={classes.body}>
        <Typography variant="body2">
          <TargetText target={run.target} />
        </Typography>
        <div ref={banner} tabIndex={-1} className={classes.banner}>
          {run.state === 'waiting' ? (
            <RunWaitingView run={run} />
          ) : (
            <OutcomeBanner run={run} />
          )}
          <RunProgress state={events} />
        </div>
        {run.verification && (
          <Section title="Effect">
            <VerificationView verification={run.verification} />
          </Section>
        )}
        <Section title="Steps">
          <RunTimeline
            steps={run.steps}
            previewed={run.preview.steps}
            target={run.target}
          />
        </Section>
        <Section title="Log">
          <RunLog state={events} />
        </Section>
        {!ended && (
          <Section title="Stop it">
            <CancelRunButton run={run} />
          </Section>
        )}
      </div>
      <DrawerFooter onClose={onClose}>
        <Typography variant="body2" className={classes.note}>
          {!ended && 'The run goes on when you close this. '}
          <Link to={runPath(run.id)}>Open the run page</Link>
        </Typography>
        {ended && run.state !== 'succeeded' && (
          <Button variant="outlined" onClick={onPrepareAgain}>
            Prepare again
          </Button>
        )}
      </DrawerFooter>
    </>
  );
}
