import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { RunEvent } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunEventsState } from '../../hooks';
import { FailureView } from '../FailureView';
import { keyboardScrollable } from '../keyboardScrollable';
import { TimeText } from '../labels';
import { StatusShape } from '../labels/StatusShape';
import { linesOf, type LogLevel } from './logLevels';
import { LogToolbar } from './LogToolbar';
import { useLogDownload } from './useLogDownload';

/** Nearer than this to the end counts as reading the newest line. */
const FOLLOW_SLACK_PX = 24;

const useStyles = makeStyles(theme => ({
  log: {
    overflowY: 'auto',
    padding: theme.spacing(1, 1.5),
    borderRadius: theme.shape.borderRadius,
    border: `1px solid ${theme.palette.divider}`,
    backgroundColor: theme.palette.background.default,
    fontFamily: 'monospace',
    fontSize: theme.typography.pxToRem(12.5),
    lineHeight: 1.6,
  },
  line: { display: 'flex', gap: theme.spacing(1.5) },
  time: { color: theme.palette.text.secondary, flex: 'none' },
  message: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' },
  level: { fontWeight: 'bold' },
}));

function Line({ event }: { event: RunEvent }) {
  const classes = useStyles();
  return (
    <div className={classes.line}>
      <span className={classes.time}>
        <TimeText iso={event.at} format="clock" />
      </span>
      <span className={classes.message}>
        {event.level !== 'info' && (
          <span className={classes.level}>
            <StatusShape kind={event.level === 'warn' ? 'warning' : 'bad'} />{' '}
            {event.level === 'warn' ? 'warning: ' : 'error: '}
          </span>
        )}
        {event.message}
      </span>
    </div>
  );
}

function emptyWords({ connection, events }: RunEventsState): string {
  if (events.length) return 'No line of this kind.';
  return connection === 'ended' ? 'It wrote nothing.' : 'Waiting …';
}

function statusOf(state: RunEventsState): string | undefined {
  switch (state.connection) {
    case 'reconnecting':
      return `The log is interrupted and will go on by itself. ${
        state.failure?.message ?? ''
      }`;
    case 'failed':
      return `The log can't be read. ${state.failure?.message ?? ''}`;
    default:
      return undefined;
  }
}

/**
 * The live log of a run. It follows the newest line unless the reader has
 * scrolled up or has paused that.
 *
 * @public
 */
export function RunLog(props: { state: RunEventsState; maxHeight?: number }) {
  const classes = useStyles();
  const { state, maxHeight = 280 } = props;
  const box = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  const [level, setLevel] = useState<LogLevel>('info');
  const download = useLogDownload(state);
  const lines = useMemo(
    () => linesOf(state.events, level),
    [state.events, level],
  );
  const newest = lines[lines.length - 1]?.sequence;

  useLayoutEffect(() => {
    if (box.current && following) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [newest, following, level]);

  const ended = state.connection === 'ended';
  const status = statusOf(state);
  return (
    <div>
      <LogToolbar
        level={level}
        onLevel={setLevel}
        following={ended ? undefined : following}
        onFollow={setFollowing}
        download={download}
      />
      {download.failure && <FailureView failure={download.failure} />}
      <div
        ref={box}
        className={classes.log}
        style={{ maxHeight }}
        role="log"
        aria-label="Log"
        {...keyboardScrollable}
        onScroll={({ currentTarget: el }) => {
          const atEnd =
            el.scrollHeight - el.scrollTop - el.clientHeight < FOLLOW_SLACK_PX;
          setFollowing(atEnd);
        }}
      >
        {state.droppedEvents > 0 && (
          <div className={classes.time}>
            {state.droppedEvents.toLocaleString('en')} earlier lines are not
            shown; they are in the download
          </div>
        )}
        {lines.map(event => (
          <Line key={event.sequence} event={event} />
        ))}
        {lines.length === 0 && (
          <span className={classes.time}>{emptyWords(state)}</span>
        )}
      </div>
      {status && (
        <Typography variant="body2" color="textSecondary" role="status">
          {status}
        </Typography>
      )}
    </div>
  );
}
