import { makeStyles } from '@material-ui/core/styles';
import type { Workload } from '@lakehouse-ops/plugin-lakehouse-common';
import { formatCount } from '../components/format';
import { useLakehouseColors } from '../components/useLakehouseColors';

/** More boxes than this can't be counted: a plain bar stands in. */
const MAX_BOXES = 12;

const useStyles = makeStyles({
  bar: { display: 'flex', gap: 2, marginTop: 2 },
  box: { height: 8, flex: '1 1 0', maxWidth: 14, boxSizing: 'border-box' },
});

/** Pods that are ready, of those that are wanted: a box each. */
export const ReplicasBar = (props: { replicas: Workload['replicas'] }) => {
  const { wanted, ready } = props.replicas;
  const classes = useStyles();
  const colors = useLakehouseColors();
  const boxes = Math.min(MAX_BOXES, Math.max(wanted, ready));
  const filled =
    wanted > MAX_BOXES ? Math.floor((ready / wanted) * MAX_BOXES) : ready;
  return (
    <>
      {formatCount(ready)} of {formatCount(wanted)}
      <div className={classes.bar} aria-hidden>
        {Array.from({ length: boxes }, (_, index) => (
          <span
            key={index}
            className={classes.box}
            style={
              index < filled
                ? { backgroundColor: colors.accent }
                : { border: `1px solid ${colors.atRisk}` }
            }
          />
        ))}
      </div>
    </>
  );
};
