import { makeStyles } from '@material-ui/core/styles';
import { formatValue } from '../../format/formatValue';
import { useNow } from '../../hooks/useNow';

const useStyles = makeStyles({
  root: { whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' },
});

/**
 * Milliseconds between two times; `undefined` when they make no sense.
 *
 * @public
 */
export function tookMs(
  startedAt: string | undefined,
  endedAt: string | undefined,
): number | undefined {
  if (!startedAt || !endedAt) return undefined;
  const ms = Date.parse(endedAt) - Date.parse(startedAt);
  return Number.isFinite(ms) && ms >= 0 ? ms : undefined;
}

/**
 * How long something took; counting while it goes on. Nothing when neither can
 * be told.
 *
 * @public
 */
export function TookText(props: {
  startedAt?: string;
  endedAt?: string;
  /** It goes on: count up to now. */
  ticking?: boolean;
}) {
  const classes = useStyles();
  const { startedAt, endedAt, ticking = false } = props;
  const counts = ticking && startedAt !== undefined && endedAt === undefined;
  const now = useNow(counts);
  if (counts) {
    // The viewer's clock need not agree with the server's.
    const ms = Math.max(0, now - Date.parse(startedAt));
    if (!Number.isFinite(ms)) return null;
    return (
      <span className={classes.root}>
        {formatValue(Math.floor(ms / 1_000) * 1_000, 'ms').replace(
          '.0 s',
          ' s',
        )}{' '}
        so far
      </span>
    );
  }
  const ms = tookMs(startedAt, endedAt);
  if (ms === undefined) return null;
  return <span className={classes.root}>{formatValue(ms, 'ms')}</span>;
}
