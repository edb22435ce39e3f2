import type { ComponentProps } from 'react';
import { SuggestedRunbookButton } from '@lakehouse-ops/plugin-runbooks-react';

/** What runbooks are suggested for. */
export type SuggestionContext = ComponentProps<
  typeof SuggestedRunbookButton
>['context'];

/** The runbook that fits best, where one does and the app has Runbooks. */
export const SuggestedRun = (
  props: ComponentProps<typeof SuggestedRunbookButton>,
) => <SuggestedRunbookButton {...props} />;
