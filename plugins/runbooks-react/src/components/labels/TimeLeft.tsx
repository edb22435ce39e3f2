import { DateTime } from 'luxon';
import { makeStyles } from '@material-ui/core/styles';
import { formatValue } from '../../format/formatValue';
import { useNow } from '../../hooks/useNow';

/** Less than this is told with emphasis. */
const SHORT_MS = 5 * 60_000;

const useStyles = makeStyles({
  short: { fontWeight: 'bold' },
  time: { fontVariantNumeric: 'tabular-nums' },
});

/**
 * How long there is until a time, counting down.
 *
 * @public
 */
export function TimeLeft({ until }: { until: string }) {
  const classes = useStyles();
  const now = useNow(true);
  const time = DateTime.fromISO(until);
  if (!time.isValid) return <span>until {until}</span>;
  const leftMs = time.toMillis() - now;
  const at = time.toLocaleString(
    leftMs > 86_400_000 ? DateTime.DATETIME_MED : DateTime.TIME_24_SIMPLE,
  );
  return (
    <time
      dateTime={until}
      title={time.toUTC().toFormat("yyyy-MM-dd HH:mm:ss 'UTC'")}
      className={`${classes.time} ${leftMs < SHORT_MS ? classes.short : ''}`}
    >
      {leftMs > 0
        ? `${formatValue(leftMs, 'ms').replace(
            /\.\d s$/,
            ' s',
          )} left, until ${at}`
        : `time was up at ${at}`}
    </time>
  );
}
