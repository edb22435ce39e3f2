import Grid from '@material-ui/core/Grid';
import Skeleton from '@material-ui/lab/Skeleton';

/** A run's page in outline. */
export function RunPageSkeleton() {
  return (
    <div aria-busy aria-label="Loading the run">
      <Skeleton width={260} height={44} />
      <Skeleton width="55%" />
      <Skeleton variant="rect" height={64} />
      <Grid container spacing={4}>
        <Grid item xs={12} md={4} xl={3}>
          <Skeleton height={56} />
          <Skeleton height={56} />
        </Grid>
        <Grid item xs={12} md={8} xl={9}>
          <Skeleton variant="rect" height={320} />
        </Grid>
      </Grid>
    </div>
  );
}
