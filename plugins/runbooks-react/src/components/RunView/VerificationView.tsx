import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  Verification,
  VerificationMetric,
} from '@lakehouse-ops/plugin-runbooks-common';
import { formatValue, numericValue } from '../../format/formatValue';
import { StatusShape, type ShapeKind } from '../labels/StatusShape';
import { BeforeAfterChart } from './BeforeAfterChart';
import { describeChange } from './describeChange';

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
    overflowWrap: 'anywhere',
  },
  metrics: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
    gap: theme.spacing(2),
  },
  values: { fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' },
  change: { color: theme.palette.text.secondary },
}));

function Metric({ metric }: { metric: VerificationMetric }) {
  const classes = useStyles();
  const { label, before, after, unit } = metric;
  const isText = unit === 'text';
  const numbers = {
    before: isText ? undefined : numericValue(before),
    after: isText ? undefined : numericValue(after),
  };
  const charted = numbers.before !== undefined || numbers.after !== undefined;
  const change = describeChange(metric);
  const words = [before, after].map(value => formatValue(value, unit));
  return (
    <div>
      <Typography variant="subtitle2" component="h5">
        {label}
      </Typography>
      <Typography variant="body2" className={classes.values}>
        {words[0]} → <strong>{words[1]}</strong>
        {change && <span className={classes.change}> ({change})</span>}
      </Typography>
      {charted && (
        <BeforeAfterChart
          {...numbers}
          label={`${label}: ${words[0]} before the run, ${words[1]} after it`}
        />
      )}
    </div>
  );
}

/**
 * Proof of effect: what was measured before and after, with the run marked.
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
        <Typography variant="body2">
          <strong>{words}:</strong> {verification.summary}
        </Typography>
      </div>
      <div className={classes.metrics}>
        {verification.metrics.map(metric => (
          <Metric key={metric.label} metric={metric} />
        ))}
      </div>
    </div>
  );
}
