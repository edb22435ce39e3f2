import type {
  RunFilter,
  RunState,
} from '@lakehouse-ops/plugin-runbooks-common';

/** All states, in the order in which the filter offers them. */
export const RUN_STATES: readonly RunState[] = [
  'waiting',
  'running',
  'verifying',
  'pending',
  'succeeded',
  'failed',
  'cancelled',
  'outcome-unknown',
];

/** Rows on a page of the list. */
export const RUNS_PER_PAGE = 25;
const MAX_PAGE = 10_000;

/** What the list shows, as kept in the page's address. */
export interface RunListView {
  readonly states: readonly RunState[];
  readonly runbookId: string;
  readonly startedBy: string;
  readonly target: string;
  readonly entity: string;
  /** Counts from 0. */
  readonly page: number;
}

/** Reads the view from an address; what makes no sense there is left out. */
export function parseRunListUrl(params: URLSearchParams): RunListView {
  const stated = params.getAll('state');
  const page = Number(params.get('page') ?? '1');
  return {
    states: RUN_STATES.filter(state => stated.includes(state)),
    runbookId: params.get('runbook') ?? '',
    startedBy: params.get('by') ?? '',
    target: params.get('target') ?? '',
    entity: params.get('entity') ?? '',
    page:
      Number.isInteger(page) && page >= 1 && page <= MAX_PAGE ? page - 1 : 0,
  };
}

/** Writes the view into an address, without what is at rest. */
export function formatRunListUrl(view: Partial<RunListView>): URLSearchParams {
  const params = new URLSearchParams();
  for (const state of view.states ?? []) params.append('state', state);
  if (view.runbookId) params.set('runbook', view.runbookId);
  if (view.startedBy) params.set('by', view.startedBy);
  if (view.target) params.set('target', view.target);
  if (view.entity) params.set('entity', view.entity);
  if (view.page) params.set('page', String(view.page + 1));
  return params;
}

/** What to ask the backend for. A bare name is taken for a user's. */
export function toRunFilter(view: RunListView): RunFilter {
  const { states, runbookId, startedBy, target, entity, page } = view;
  const person =
    startedBy && !startedBy.includes(':')
      ? `user:default/${startedBy}`
      : startedBy;
  return {
    ...(states.length ? { states } : {}),
    ...(runbookId ? { runbookId } : {}),
    ...(person ? { startedBy: person } : {}),
    ...(target ? { target } : {}),
    ...(entity ? { entityRef: entity } : {}),
    limit: RUNS_PER_PAGE,
    offset: page * RUNS_PER_PAGE,
  };
}
