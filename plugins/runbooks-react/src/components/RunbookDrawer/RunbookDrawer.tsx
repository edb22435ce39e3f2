import { useCallback, useEffect, useId, useRef, useState } from 'react';
import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import CloseIcon from '@material-ui/icons/Close';
import type { JsonObject } from '@backstage/types';
import {
  isFinalRunState,
  type Run,
  type RunTarget,
} from '@lakehouse-ops/plugin-runbooks-common';
import { useRunEvents } from '../../hooks';
import { useStableJson } from '../../hooks/useStableJson';
import { useStartRun } from '../../hooks/useStartRun';
import { DrawerContent } from './DrawerContent';

const useStyles = makeStyles(theme => ({
  paper: {
    width: 640,
    maxWidth: '100vw',
    display: 'flex',
    flexDirection: 'column',
  },
  header: {
    flex: 'none',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    padding: theme.spacing(2, 2, 1, 3),
  },
}));

/**
 * Properties of {@link RunbookDrawer}.
 *
 * @public
 */
export interface RunbookDrawerProps {
  open: boolean;
  runbookId: string;
  /** Known by the page; else the preview tells it. */
  target?: RunTarget;
  /** Settled by the page; what the runbook takes besides is asked for. */
  parameters: JsonObject;
  /** What the form begins with, for the person to change. */
  proposedParameters?: JsonObject;
  entityRef?: string;
  /** Heading of the drawer. */
  label: string;
  onClose(): void;
  onRunStarted?(run: Run): void;
  /** Called once for each run, also when the drawer was closed meanwhile. */
  onRunEnded?(run: Run): void;
}

/**
 * Previews a runbook, runs it on confirmation and shows the run until its end.
 * While it stays mounted it follows the run even when it is closed.
 *
 * @public
 */
export function RunbookDrawer(props: RunbookDrawerProps) {
  const classes = useStyles();
  const titleId = useId();
  const { open, onClose, onRunStarted, onRunEnded } = props;
  const parameters = useStableJson(props.parameters);
  const proposed = useStableJson(props.proposedParameters ?? {});
  const [started, setStarted] = useState<Run>();
  const events = useRunEvents(started?.id, started);
  const run = started && (events.run?.id === started.id ? events.run : started);
  const ended = run !== undefined && isFinalRunState(run.state);

  const starter = useStartRun(
    useCallback(
      (next: Run) => {
        setStarted(next);
        onRunStarted?.(next);
      },
      [onRunStarted],
    ),
  );

  const reported = useRef<string>();
  useEffect(() => {
    if (!run || !ended || reported.current === run.id) return;
    reported.current = run.id;
    onRunEnded?.(run);
  }, [run, ended, onRunEnded]);

  // What was left while it ran is still there; what was seen to end is not.
  const close = () => {
    if (ended) setStarted(undefined);
    onClose();
  };

  return (
    <Drawer
      anchor="right"
      open={open}
      onClose={close}
      PaperProps={{
        className: classes.paper,
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': titleId,
      }}
    >
      <div className={classes.header}>
        <Typography variant="h5" component="h2" id={titleId}>
          {props.label}
        </Typography>
        <IconButton aria-label="Close" onClick={close}>
          <CloseIcon />
        </IconButton>
      </div>
      <DrawerContent
        runbookId={props.runbookId}
        target={props.target}
        given={parameters}
        proposed={proposed}
        entityRef={props.entityRef}
        run={run}
        events={events}
        starter={starter}
        onPrepareAgain={() => setStarted(undefined)}
        onClose={close}
      />
    </Drawer>
  );
}
