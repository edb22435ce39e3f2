import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Verification,
  VerificationMetric,
} from '@lakehouse-ops/plugin-runbooks-common';
import { formatValue, numericValue } from '../../format/formatValue';
import { StatusShape, type ShapeKind } from '../labels/StatusShape';

const OUTCOMES: Record<
  Verification['outcome'],
  { shape: ShapeKind; words: string }
> = {
  verified: { shape: 'good', words: 'Verified' },
  'not-verified': { shape: 'bad', words: 'Not verified' },
  inconclusive: { shape: 'unknown', words: 'Could not be verified' },
};

const useStyles = makeStyles(theme => ({
  outcome: {
    display: 'flex',
    alignItems: 'baseline',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  metric: { marginTop: theme.spacing(1.5) },
  bars: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr max-content',
    columnGap: theme.spacing(1.5),
    rowGap: 4,
    alignItems: 'center',
    fontVariantNumeric: 'tabular-nums',
  },
  bar: { height: 10, minWidth: 2, borderRadius: 2 },
  before: { backgroundColor: theme.palette.text.disabled },
  after: { backgroundColor: theme.palette.primary.main },
  value: { textAlign: 'right' },
}));

function Bars({ metric }: { metric: VerificationMetric }) {
  const classes = useStyles();
  const { before, after, unit } = metric;
  const numbers = [before, after].map(value =>
    unit === 'text' ? undefined : numericValue(value),
  );
  const largest = Math.max(...numbers.map(number => number ?? 0), 0);
  const rows = [
    { name: 'before', value: before, look: classes.before },
    { name: 'after', value: after, look: classes.after },
  ];
  return (
    <div className={classes.bars}>
      {rows.map(({ name, value, look }, index) => {
        const number = numbers[index];
        return [
          <Typography key={`${name} name`} variant="caption" component="span">
            {name}
          </Typography>,
          <span key={`${name} bar`} aria-hidden>
            {number !== undefined && largest > 0 && (
              <div
                className={`${classes.bar} ${look}`}
                style={{ width: `${(100 * number) / largest}%` }}
              />
            )}
          </span>,
          <Typography
            key={`${name} value`}
            variant="body2"
            component="span"
            className={classes.value}
          >
            {formatValue(value, unit)}
          </Typography>,
        ];
      })}
    </div>
  );
}

/**
 * Proof of effect: what was measured before and after, as bars of one scale.
 *
 * @public
 */
export function VerificationView({
  verification,
}: {
  verification: Verification;
}) {
  const classes = useStyles();
  const { shape, words } = OUTCOMES[verification.outcome];
  return (
    <div>
      <div className={classes.outcome}>
        <StatusShape kind={shape} />
        <Typography>
          <strong>{words}:</strong> {verification.summary}
        </Typography>
      </div>
      {verification.metrics.map(metric => (
        <div key={metric.label} className={classes.metric}>
          <Typography variant="subtitle2" component="h4">
            {metric.label}
          </Typography>
          <Bars metric={metric} />
        </div>
      ))}
    </div>
  );
}
