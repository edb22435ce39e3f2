import type { SuggestionContext } from '@lakehouse-ops/plugin-runbooks-common';

/**
 * Address of a run's page in the app.
 *
 * @public
 */
export function runPath(runId: string): string {
  return `/runbooks/runs/${encodeURIComponent(runId)}`;
}

/**
 * Address of the catalogue of runbooks, with those first that fit a context;
 * or of one runbook in it.
 *
 * @public
 */
export function cataloguePath(
  context: Pick<SuggestionContext, 'slo' | 'entityRef'> & {
    runbookId?: string;
  } = {},
): string {
  const params = new URLSearchParams();
  if (context.slo) params.set('slo', context.slo.name);
  if (context.slo?.indicator) params.set('indicator', context.slo.indicator);
  if (context.entityRef) params.set('entityRef', context.entityRef);
  if (context.runbookId) params.set('open', context.runbookId);
  const search = params.toString();
  return `/runbooks/catalogue${search && `?${search}`}`;
}
