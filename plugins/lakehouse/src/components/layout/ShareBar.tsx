import { makeStyles } from '@material-ui/core/styles';
import { useLakehouseColors } from '../useLakehouseColors';

const useStyles = makeStyles({
  root: { display: 'flex', height: 5, borderRadius: 2, overflow: 'hidden' },
});

/** A share of a whole as a thin bar. The number stands beside it. */
export const ShareBar = (props: { share: number; color: string }) => {
  const classes = useStyles();
  const colors = useLakehouseColors();
  return (
    <div
      className={classes.root}
      style={{ backgroundColor: colors.grid }}
      aria-hidden
    >
      <div
        style={{
          width: `${Math.min(1, Math.max(0, props.share)) * 100}%`,
          backgroundColor: props.color,
        }}
      />
    </div>
  );
};
