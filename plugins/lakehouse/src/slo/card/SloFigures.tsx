import { makeStyles } from '@material-ui/core/styles';
import type { SloSummary } from '@lakehouse-ops/plugin-lakehouse-common';
import { statusColor } from '../../components/status';
import { useLakehouseColors } from '../../components/useLakehouseColors';
import { BudgetBar } from '../figures';
import {
  formatAttainment,
  formatBudget,
  formatTarget,
  formatWindow,
} from '../sloFormat';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'grid',
    gridTemplateColumns: 'minmax(230px, auto) minmax(260px, 1fr)',
    alignItems: 'center',
    gap: theme.spacing(0.5, 3),
    fontVariantNumeric: 'tabular-nums',
    [theme.breakpoints.down('sm')]: { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  attainment: { fontSize: '1.5rem', fontWeight: 600, lineHeight: 1.25 },
  muted: {
    fontSize: theme.typography.body2.fontSize,
    color: theme.palette.text.secondary,
  },
  budget: {
    display: 'grid',
    gap: theme.spacing(0.5),
    fontSize: theme.typography.body2.fontSize,
  },
}));

/** What was attained against the target, and what is left of the budget. */
export const SloFigures = (props: { slo: SloSummary }) => {
  const { slo } = props;
  const classes = useStyles();
  const colors = useLakehouseColors();
  const missed = slo.attainment !== undefined && slo.attainment < slo.target;
  return (
    <div className={classes.root}>
      <div>
        <span
          className={classes.attainment}
          style={
            missed ? { color: statusColor(colors, slo.status) } : undefined
          }
        >
          {formatAttainment(slo.attainment, slo.target)}
        </span>{' '}
        <span className={classes.muted}>
          {`target ${formatTarget(slo.target)} · ${formatWindow(slo.window)}`}
        </span>
      </div>
      <div className={classes.budget}>
        <BudgetBar budget={slo.budget} status={slo.status} />
        <span>{formatBudget(slo.budget)}</span>
      </div>
    </div>
  );
};
