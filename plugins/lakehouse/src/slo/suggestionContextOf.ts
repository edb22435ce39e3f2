import type { SloSummary } from '@lakehouse-ops/plugin-lakehouse-common';
import type { SuggestionContext } from '../components/SuggestedRun';

/** What runbooks are suggested for, for an SLO. */
export function suggestionContextOf(
  slo: Pick<SloSummary, 'name' | 'indicator' | 'entityRef'>,
): SuggestionContext {
  const { name, indicator, entityRef } = slo;
  return {
    slo: { name, ...(indicator ? { indicator } : {}) },
    ...(entityRef ? { entityRef } : {}),
  };
}
