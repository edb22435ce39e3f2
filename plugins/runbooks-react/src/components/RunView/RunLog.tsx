import { useLayoutEffect, useRef } from 'react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { RunEvent } from '@lakehouse-ops/plugin-runbooks-common';
import type { RunEventsState } from '../../hooks';
import { keyboardScrollable } from '../keyboardScrollable';
import { TimeText } from '../labels';
import { StatusShape } from '../labels/StatusShape';

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
 * scrolled up.
 *
 * @public
 */
export function RunLog(props: { state: RunEventsState; maxHeight?: number }) {
  const classes = useStyles();
  const { state, maxHeight = 280 } = props;
  const box = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const count = state.events.length;

  useLayoutEffect(() => {
    if (box.current && following.current) {
      box.current.scrollTop = box.current.scrollHeight;
    }
  }, [count]);

  const status = statusOf(state);
  return (
    <div>
      <div
        ref={box}
        className={classes.log}
        style={{ maxHeight }}
        role="log"
        aria-label="Log"
        {...keyboardScrollable}
        onScroll={({ currentTarget: el }) => {
          following.current =
            el.scrollHeight - el.scrollTop - el.clientHeight < FOLLOW_SLACK_PX;
        }}
      >
        {state.droppedEvents > 0 && (
          <div className={classes.time}>
            {state.droppedEvents.toLocaleString('en')} earlier lines are not
            shown
          </div>
        )}
        {state.events.map(event => (
          <Line key={event.sequence} event={event} />
        ))}
        {count === 0 && (
          <span className={classes.time}>
            {state.connection === 'ended' ? 'It wrote nothing.' : 'Waiting …'}
          </span>
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
