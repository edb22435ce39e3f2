import { makeStyles } from '@material-ui/core/styles';
import HistoryIcon from '@material-ui/icons/History';
import { formatAge, formatClock, formatUtc, useNow } from '../format';
import { useLakehouseColors } from '../useLakehouseColors';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    padding: theme.spacing(0.25, 1),
    borderRadius: theme.shape.borderRadius,
    border: '1px solid currentColor',
    fontSize: theme.typography.caption.fontSize,
    lineHeight: 1.5,
    fontVariantNumeric: 'tabular-nums',
  },
  icon: { fontSize: '1rem', flexShrink: 0 },
}));

/** The values are old: since when, and why. */
export const StaleChip = (props: { asOf: string; reason: string }) => {
  const classes = useStyles();
  const colors = useLakehouseColors();
  const now = useNow(10_000);
  const age = formatAge(now.getTime() - Date.parse(props.asOf));
  return (
    <span
      className={classes.root}
      style={{ color: colors.atRisk }}
      role="status"
      data-state="stale"
      title={formatUtc(props.asOf)}
    >
      <HistoryIcon className={classes.icon} aria-hidden />
      <span>
        as of {formatClock(props.asOf, now)} ({age} ago): {props.reason}
      </span>
    </span>
  );
};
