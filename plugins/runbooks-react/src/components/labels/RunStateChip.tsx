import { makeStyles } from '@material-ui/core/styles';
import type { RunStep } from '@lakehouse-ops/plugin-runbooks-common';
import { StatusShape, type ShapeKind } from './StatusShape';

const LOOKS: Record<RunStep['state'], { shape: ShapeKind; word: string }> = {
  pending: { shape: 'idle', word: 'to come' },
  waiting: { shape: 'waiting', word: 'waiting' },
  running: { shape: 'active', word: 'running' },
  verifying: { shape: 'active', word: 'verifying' },
  succeeded: { shape: 'good', word: 'succeeded' },
  failed: { shape: 'bad', word: 'failed' },
  cancelled: { shape: 'warning', word: 'cancelled' },
  'outcome-unknown': { shape: 'unknown', word: 'outcome unknown' },
  skipped: { shape: 'idle', word: 'skipped' },
};

const useStyles = makeStyles({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '0.45em',
    whiteSpace: 'nowrap',
  },
});

/** Shape and word of a state. */
export function stateLook(state: RunStep['state']): {
  shape: ShapeKind;
  word: string;
} {
  return LOOKS[state];
}

/**
 * The state of a run or of a step, as shape, word and colour.
 *
 * @public
 */
export function RunStateChip(props: {
  state: RunStep['state'];
  /** Without the shape, where one stands beside it already. */
  plain?: boolean;
}) {
  const classes = useStyles();
  const { shape, word } = LOOKS[props.state];
  return (
    <span className={classes.root}>
      {!props.plain && <StatusShape kind={shape} />}
      {word}
    </span>
  );
}
