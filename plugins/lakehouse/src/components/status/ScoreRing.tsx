import { makeStyles } from '@material-ui/core/styles';
import type { HealthStatus } from '@lakehouse-ops/plugin-lakehouse-common';
import { useLakehouseColors } from '../useLakehouseColors';
import { statusColor } from './StatusMark';

const RADIUS = 15;
const CIRCUMFERENCE = 2 * Math.PI * RADIUS;

const useStyles = makeStyles(theme => ({
  text: {
    fontSize: 12,
    fontWeight: 600,
    fontVariantNumeric: 'tabular-nums',
    fontFamily: theme.typography.fontFamily,
    fill: theme.palette.text.primary,
  },
}));

/** A score of 0 to 100 as a ring; dashed when there is none. */
export const ScoreRing = (props: {
  score?: number;
  status: HealthStatus;
  size?: number;
}) => {
  const classes = useStyles();
  const colors = useLakehouseColors();
  const { score, size = 36 } = props;
  const label = score === undefined ? 'no score' : `score ${Math.round(score)}`;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 36 36"
      role="img"
      aria-label={label}
    >
      <circle
        cx="18"
        cy="18"
        r={RADIUS}
        fill="none"
        stroke={colors.grid}
        strokeWidth="4"
        strokeDasharray={score === undefined ? '3 3' : undefined}
      />
      {score !== undefined && (
        <circle
          cx="18"
          cy="18"
          r={RADIUS}
          fill="none"
          stroke={statusColor(colors, props.status)}
          strokeWidth="4"
          strokeDasharray={`${(score / 100) * CIRCUMFERENCE} ${CIRCUMFERENCE}`}
          transform="rotate(-90 18 18)"
        />
      )}
      <text x="18" y="22.2" textAnchor="middle" className={classes.text}>
        {score === undefined ? '–' : Math.round(score)}
      </text>
    </svg>
  );
};
