import Skeleton from '@material-ui/lab/Skeleton';
import { makeStyles } from '@material-ui/core/styles';
import { Columns, Stack } from '../layout';

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

/** A row of figures above two charts that will come. */
export const FiguresSkeleton = () => (
  <Stack>
    <Columns minWidth={200}>
      {[1, 2, 3, 4].map(figure => (
        <SkeletonBox key={figure} height={104} />
      ))}
    </Columns>
    <Columns minWidth={440}>
      <SkeletonBox height={250} />
      <SkeletonBox height={250} />
    </Columns>
  </Stack>
);
