import { makeStyles } from '@material-ui/core/styles';
import type {
  ErrorBudget,
  SloStatus,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { hatching } from '../../components/states';
import { statusColor } from '../../components/status';
import { useLakehouseColors } from '../../components/useLakehouseColors';
import { formatBudget } from '../sloFormat';

const useStyles = makeStyles({
  root: {
    display: 'flex',
    boxSizing: 'border-box',
    width: '100%',
    border: '1px solid',
    borderRadius: 2,
    overflow: 'hidden',
  },
});

const stripes = (color: string) =>
  `repeating-linear-gradient(45deg, ${color} 0 4px, transparent 4px 7px)`;

/**
 * What is left of a budget. Spent is hatched and on the left, what is left is
 * solid and on the right. Overdrawn: a line tells where the budget ended, what
 * is beyond it has bold stripes, so that it is not taken for what is left.
 */
export const BudgetBar = (props: {
  budget: ErrorBudget | undefined;
  status: SloStatus;
  height?: number;
}) => {
  const { budget } = props;
  const classes = useStyles();
  const colors = useLakehouseColors();
  const color = statusColor(colors, props.status);
  const { spent, end } = partsOf(budget);
  const overdrawn = end !== undefined;
  return (
    <div
      className={classes.root}
      style={{
        height: props.height ?? 12,
        borderColor: budget ? color : colors.hatch,
        backgroundImage: budget ? undefined : hatching(colors.hatch),
      }}
      role="img"
      aria-label={`Error budget: ${formatBudget(budget)}`}
      data-state={budget ? undefined : 'gap'}
    >
      {budget && (
        <>
          <div
            style={{
              width: `${(end ?? spent) * 100}%`,
              backgroundImage: hatching(color),
            }}
          />
          <div
            style={{
              flexGrow: 1,
              ...(overdrawn
                ? {
                    backgroundImage: stripes(color),
                    borderLeft: `3px solid ${colors.text}`,
                  }
                : { backgroundColor: color }),
            }}
          />
        </>
      )}
    </div>
  );
};

/** Shares of the bar: what is spent; or where the budget ended when more than all of it is. */
function partsOf(budget: ErrorBudget | undefined): {
  spent: number;
  end?: number;
} {
  if (!budget) return { spent: 0 };
  const spent = 1 - budget.remaining;
  return spent > 1
    ? { spent: 1, end: 1 / spent }
    : { spent: Math.max(0, spent) };
}
