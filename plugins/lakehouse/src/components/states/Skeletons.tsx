import Skeleton from '@material-ui/lab/Skeleton';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  rows: { display: 'grid', gap: theme.spacing(1), padding: theme.spacing(1) },
}));

/** A box of the height of what will come. */
export const SkeletonBox = (props: { height: number }) => (
  <Skeleton variant="rect" width="100%" height={props.height} />
);

/** Rows of a table that will come. */
export const SkeletonRows = (props: { rows: number }) => {
  const classes = useStyles();
  return (
    <div className={classes.rows}>
      {Array.from({ length: props.rows }, (_, row) => (
        <Skeleton key={row} variant="rect" height={28} />
      ))}
    </div>
  );
};
