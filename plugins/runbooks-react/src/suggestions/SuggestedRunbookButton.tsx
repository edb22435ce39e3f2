import type { ButtonProps } from '@material-ui/core/Button';
import type {
  Run,
  SuggestionContext,
} from '@lakehouse-ops/plugin-runbooks-common';
import { SuggestionButton } from './SuggestionButton';
import { useSuggestions } from './useSuggestions';

/**
 * The best runbook for a context as a button, for rows. Renders nothing while
 * none is known.
 *
 * @public
 */
export function SuggestedRunbookButton(props: {
  context: SuggestionContext;
  variant?: ButtonProps['variant'];
  onRunEnded?(run: Run): void;
}) {
  const state = useSuggestions(props.context);
  const best = state.status === 'ready' ? state.items[0] : undefined;
  if (!best) return null;
  return (
    <SuggestionButton
      suggestion={best}
      entityRef={props.context.entityRef}
      variant={props.variant}
      onRunEnded={props.onRunEnded}
    />
  );
}
