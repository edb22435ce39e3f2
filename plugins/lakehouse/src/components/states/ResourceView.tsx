import type { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { describeError, LakehouseResource } from '../../api';
import { Denied } from './Denied';
import { ErrorState } from './ErrorState';
import { NotConfigured } from './NotConfigured';
import { StaleChip } from './StaleChip';

const useStyles = makeStyles(theme => ({
  outdated: {
    opacity: 0.6,
    transition: theme.transitions.create('opacity', { delay: 150 }),
  },
  stale: { marginBottom: theme.spacing(1) },
}));

interface ResourceViewProps<T> {
  readonly resource: LakehouseResource<T>;
  /** What it is, for sentences: "queries on analytics". */
  readonly what: string;
  /** Placeholder with the size of what will come. */
  readonly skeleton: ReactNode;
  /** What to show when it is not known, in place of the general hint. */
  readonly notFound?: (message: string) => ReactNode;
  readonly children: (data: T) => ReactNode;
}

/**
 * Shows something loaded, or the state that it is in: loading, denied, not
 * configured, failed, or old with the reason.
 */
export function ResourceView<T>(props: ResourceViewProps<T>) {
  const { resource, what } = props;
  const classes = useStyles();
  const problem = resource.error && describeError(resource.error);
  if (resource.data !== undefined) {
    return (
      <div
        className={resource.outdated ? classes.outdated : undefined}
        aria-busy={resource.outdated}
      >
        {problem && resource.updatedAt && (
          <div className={classes.stale}>
            <StaleChip
              asOf={resource.updatedAt.toISOString()}
              reason={problem.message}
            />
          </div>
        )}
        {props.children(resource.data)}
      </div>
    );
  }
  if (!problem) {
    return (
      <div aria-busy="true" aria-label={`Loading ${what}`} data-state="loading">
        {props.skeleton}
      </div>
    );
  }
  switch (problem.kind) {
    case 'denied':
      return <Denied what={what} message={problem.message} />;
    case 'not-found':
      return (
        <>
          {props.notFound?.(problem.message) ?? (
            <NotConfigured
              title={`There are no ${what}`}
              message={problem.message}
            />
          )}
        </>
      );
    case 'refused':
      return <ErrorState what={what} message={problem.message} />;
    default:
      return (
        <ErrorState
          what={what}
          message={problem.message}
          onRetry={resource.refetch}
        />
      );
  }
}
