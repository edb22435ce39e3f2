import { useMemo } from 'react';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import { Link } from '@backstage/core-components';
import { FailureView, TimeText } from '@lakehouse-ops/plugin-runbooks-react';
import { useRuns } from '../RunsList/useRuns';
import { EntityRuns } from './EntityRuns';

/** What was run for an entity lately, kept fresh. */
export function RecentRuns(props: { entityRef: string; limit: number }) {
  const { entityRef, limit } = props;
  const filter = useMemo(() => ({ entityRef, limit }), [entityRef, limit]);
  const { page, failure, readAt, refresh } = useRuns(filter);
  if (failure && !page) {
    return (
      <FailureView
        failure={failure}
        onRetry={failure.kind === 'denied' ? undefined : refresh}
      />
    );
  }
  if (!page) {
    return (
      <div aria-busy aria-label="Loading runs">
        <Skeleton width="60%" />
        <Skeleton width="80%" />
        <Skeleton width="60%" />
      </div>
    );
  }
  return (
    <>
      {failure && readAt && (
        <Typography color="error" variant="body2" role="status">
          As of <TimeText iso={readAt.toISOString()} format="clock" />:{' '}
          {failure.message}
        </Typography>
      )}
      {page.items.length > 0 ? (
        <EntityRuns runs={page.items} />
      ) : (
        <Typography variant="body2" color="textSecondary">
          Nothing has been run for it yet.
        </Typography>
      )}
      {page.total > page.items.length && (
        <Typography variant="caption" color="textSecondary" component="p">
          The newest {page.items.length} of {page.total.toLocaleString('en')}.{' '}
          <Link
            to={`/runbooks/runs?${new URLSearchParams({ entity: entityRef })}`}
          >
            All of them
          </Link>
        </Typography>
      )}
    </>
  );
}
