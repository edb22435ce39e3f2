import type {
  Risk,
  RunbookSummary,
  SuggestionContext,
} from '@lakehouse-ops/plugin-runbooks-common';
import { RISKS } from '@lakehouse-ops/plugin-runbooks-common';

/** What of the catalogue is shown, as kept in the page's address. */
export interface CatalogueView {
  readonly text: string;
  readonly kind?: 'action' | 'runbook';
  readonly system: string;
  readonly risk?: Risk;
  readonly owner: string;
  readonly tag: string;
  /** Id of the runbook that is open over the list. */
  readonly open: string;
  /** What it was opened for: an alert, an entity. */
  readonly context?: SuggestionContext;
}

/** Reads the view from an address; what makes no sense there is left out. */
export function parseCatalogueUrl(params: URLSearchParams): CatalogueView {
  const kind = params.get('kind');
  const slo = params.get('slo') ?? '';
  const indicator = params.get('indicator') ?? '';
  const entityRef = params.get('entityRef') ?? '';
  return {
    text: params.get('q') ?? '',
    kind: kind === 'action' || kind === 'runbook' ? kind : undefined,
    system: params.get('system') ?? '',
    risk: RISKS.find(risk => risk === params.get('risk')),
    owner: params.get('owner') ?? '',
    tag: params.get('tag') ?? '',
    open: params.get('open') ?? '',
    ...(slo || entityRef
      ? {
          context: {
            ...(slo
              ? { slo: { name: slo, ...(indicator ? { indicator } : {}) } }
              : {}),
            ...(entityRef ? { entityRef } : {}),
          },
        }
      : {}),
  };
}

/** Writes the view into an address, without what is at rest. */
export function formatCatalogueUrl(view: CatalogueView): URLSearchParams {
  const { context } = view;
  const entries: Array<[string, string | undefined]> = [
    ['slo', context?.slo?.name],
    ['indicator', context?.slo?.indicator],
    ['entityRef', context?.entityRef],
    ['q', view.text],
    ['kind', view.kind],
    ['system', view.system],
    ['risk', view.risk],
    ['owner', view.owner],
    ['tag', view.tag],
    ['open', view.open],
  ];
  const params = new URLSearchParams();
  for (const [name, value] of entries) if (value) params.set(name, value);
  return params;
}

/** Whether anything narrows the list. */
export function isNarrowed(view: CatalogueView): boolean {
  const { text, kind, system, risk, owner, tag } = view;
  return Boolean(text || kind || system || risk || owner || tag);
}

/**
 * The systems that a runbook has to do with: of an action by its id, of a file
 * by what it is triggered by and by its tags.
 */
export function systemsOf(runbook: RunbookSummary): string[] {
  if (runbook.kind !== 'runbook') {
    const [system, rest] = runbook.id.split(':');
    return rest ? [system] : [];
  }
  return [
    ...new Set([
      ...(runbook.triggers ?? []).flatMap(({ condition }) =>
        condition ? [condition.system] : [],
      ),
      ...(runbook.tags ?? []),
    ]),
  ];
}

/** The runbooks that the view asks for. */
export function narrowCatalogue(
  runbooks: readonly RunbookSummary[],
  view: CatalogueView,
): RunbookSummary[] {
  const words = view.text
    .toLocaleLowerCase('en-US')
    .split(/\s+/)
    .filter(Boolean);
  const fitting = runbooks.filter(runbook => {
    const told = [
      runbook.id,
      runbook.title,
      runbook.description,
      runbook.owner ?? '',
      ...(runbook.tags ?? []),
    ]
      .join(' ')
      .toLocaleLowerCase('en-US');
    return (
      words.every(word => told.includes(word)) &&
      (!view.kind || (runbook.kind ?? 'action') === view.kind) &&
      (!view.system || systemsOf(runbook).includes(view.system)) &&
      (!view.risk || runbook.risk === view.risk) &&
      (!view.owner || runbook.owner === view.owner) &&
      (!view.tag || (runbook.tags ?? []).includes(view.tag))
    );
  });
  // What solves a problem before the single actions that it is made of.
  return [
    ...fitting.filter(({ kind }) => kind === 'runbook'),
    ...fitting.filter(({ kind }) => kind !== 'runbook'),
  ];
}
