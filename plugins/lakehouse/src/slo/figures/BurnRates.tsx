import { makeStyles } from '@material-ui/core/styles';
import type {
  BurnRateReading,
  HealthStatus,
  SloAlertState,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { formatClock } from '../../components/format';
import { HiddenText } from '../../components/layout';
import { StatusMark } from '../../components/status';
import { formatBurn, formatLookback } from '../sloFormat';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 3),
    margin: 0,
    padding: 0,
    listStyle: 'none',
    fontSize: theme.typography.body2.fontSize,
    fontVariantNumeric: 'tabular-nums',
  },
  item: {
    display: 'inline-flex',
    alignItems: 'baseline',
    gap: theme.spacing(0.75),
  },
  muted: { color: theme.palette.text.secondary },
}));

const LOOKS: Record<
  SloAlertState,
  { status: HealthStatus; word: string } | undefined
> = {
  inactive: undefined,
  pending: { status: 'at-risk', word: 'pending' },
  firing: { status: 'breached', word: 'firing' },
  frozen: { status: 'unknown', word: 'frozen' },
  unfireable: { status: 'unknown', word: 'can never fire' },
};

/** Burn rates over each alert's lookback against its factor: `1 h 9.2× / 14.4×`. */
export const BurnRates = (props: { readings: readonly BurnRateReading[] }) => {
  const classes = useStyles();
  if (props.readings.length === 0) return null;
  return (
    <ul className={classes.root} aria-label="Burn rates against alert factors">
      {props.readings.map(reading => {
        const look = LOOKS[reading.state];
        return (
          <li
            key={reading.condition}
            className={classes.item}
            title={titleOf(reading)}
          >
            <span className={classes.muted}>
              {formatLookback(reading.longMs)}
            </span>
            <span>
              <strong>{formatBurn(reading.long)}</strong>
              <span className={classes.muted}>
                {' / '}
                {formatBurn(reading.factor)}
              </span>
            </span>
            {look && (
              <StatusMark
                status={look.status}
                word={look.word}
                reason={reading.note}
                size={9}
              />
            )}
            <HiddenText>{titleOf(reading)}</HiddenText>
          </li>
        );
      })}
    </ul>
  );
};

function titleOf(reading: BurnRateReading): string {
  const { shortMs, since, note } = reading;
  return [
    `${reading.condition} (${reading.severity})`,
    shortMs === undefined
      ? undefined
      : `over ${formatLookback(shortMs)}: ${formatBurn(reading.short)}`,
    since && reading.state !== 'inactive'
      ? `${reading.state} since ${formatClock(since)}`
      : undefined,
    note,
  ]
    .filter(part => part !== undefined)
    .join('; ');
}
