import { makeStyles } from '@material-ui/core/styles';
import type { HealthStatus } from '@lakehouse-ops/plugin-lakehouse-common';
import { plainText } from '../format';
import { LakehouseColors, useLakehouseColors } from '../useLakehouseColors';
import { HEALTH_WORDS } from './healthOrder';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
    whiteSpace: 'nowrap',
    fontWeight: 500,
  },
  shape: { flexShrink: 0 },
}));

/** The colour of a status. */
export function statusColor(
  colors: LakehouseColors,
  status: HealthStatus,
): string {
  return {
    healthy: colors.healthy,
    'at-risk': colors.atRisk,
    breached: colors.breached,
    unknown: colors.unknown,
  }[status];
}

const Shape = (props: { status: HealthStatus }) => {
  switch (props.status) {
    case 'healthy':
      return <circle cx="6" cy="6" r="5.5" fill="currentColor" />;
    case 'at-risk':
      return <path d="M6 0.5 L12 11.5 L0 11.5 Z" fill="currentColor" />;
    case 'breached':
      return (
        <rect x="0.5" y="0.5" width="11" height="11" fill="currentColor" />
      );
    default:
      return (
        <circle
          cx="6"
          cy="6"
          r="4.7"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeDasharray="2.2 1.5"
        />
      );
  }
};

/** A status as shape, word and colour. `reason` shows on hover and to screen readers. */
export const StatusMark = (props: {
  status: HealthStatus;
  /** In place of the usual word. */
  word?: string;
  reason?: string;
  size?: number;
}) => {
  const classes = useStyles();
  const color = statusColor(useLakehouseColors(), props.status);
  const size = props.size ?? 11;
  return (
    <span
      className={classes.root}
      style={{ color }}
      title={props.reason && plainText(props.reason)}
    >
      <svg
        className={classes.shape}
        width={size}
        height={size}
        viewBox="0 0 12 12"
        aria-hidden
      >
        <Shape status={props.status} />
      </svg>
      {props.word ?? HEALTH_WORDS[props.status]}
    </span>
  );
};
