import type { ReactNode } from 'react';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import type {
  Run,
  RunbookSuggestion,
  SuggestionContext,
} from '@lakehouse-ops/plugin-runbooks-common';
import { FailureView } from '../components/FailureView';
import { SuggestionList } from './SuggestionList';
import { useSuggestions } from './useSuggestions';

/**
 * Runbooks that fit a context, in whatever state the answer is; nothing in an
 * app without the Runbooks plugin.
 *
 * @public
 */
export function SuggestedRunbooks(props: {
  context: SuggestionContext;
  /** Said when none fits. */
  empty?: ReactNode;
  /** At most so many. */
  limit?: number;
  titleOf?(suggestion: RunbookSuggestion): ReactNode;
  onRunEnded?(run: Run): void;
}) {
  const { context, empty, limit, titleOf, onRunEnded } = props;
  const state = useSuggestions(context);
  switch (state.status) {
    case 'not-installed':
      return null;
    case 'loading':
      return (
        <div aria-busy aria-label="Looking for runbooks">
          <Skeleton width="40%" />
          <Skeleton width="70%" />
        </div>
      );
    case 'failed':
      return (
        <FailureView
          failure={state.failure}
          title={
            state.failure.kind === 'not-found'
              ? 'This Backstage has no Runbooks backend, or an older one'
              : undefined
          }
          onRetry={state.failure.kind === 'denied' ? undefined : state.retry}
        />
      );
    default:
      return state.items.length ? (
        <SuggestionList
          suggestions={state.items.slice(0, limit)}
          entityRef={context.entityRef}
          titleOf={titleOf}
          onRunEnded={onRunEnded}
        />
      ) : (
        <Typography variant="body2" color="textSecondary" component="div">
          {empty ?? 'No runbook is made for this.'}
        </Typography>
      );
  }
}
