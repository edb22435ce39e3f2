import {
  QUERY_STATES,
  QueryFilter,
  QuerySelector,
  QuerySort,
  QueryState,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Rows of a page of queries. */
export const QUERY_PAGE_SIZE = 50;

/** What queries can be sorted by. */
export const QUERY_SORTS: readonly QuerySort[] = [
  'createdAt',
  'wallMs',
  'queuedMs',
  'cpuMs',
  'peakMemoryBytes',
  'physicalInputBytes',
  'state',
  'user',
  'source',
];

/** Filters of the list of queries that a person can set. Times are apart. */
export type QueryListFilter = Pick<
  QueryFilter,
  | 'states'
  | 'user'
  | 'source'
  | 'clientTag'
  | 'resourceGroup'
  | 'table'
  | 'error'
  | 'minWallMs'
  | 'maxWallMs'
  | 'text'
>;

/** What the list of queries shows. */
export interface QueryListState {
  readonly filter: QueryListFilter;
  readonly sort: QuerySort;
  readonly order: 'asc' | 'desc';
  /** From 0. */
  readonly page: number;
}

/** Filters that are one text in the URL under their own name. */
const TEXT_FIELDS = [
  'user',
  'source',
  'clientTag',
  'resourceGroup',
  'table',
  'error',
  'text',
] as const;

/** Reads the list of queries' state from search parameters; what makes no sense is left out. */
export function readQueryListState(params: URLSearchParams): QueryListState {
  const states = params.getAll('state').filter(isQueryState);
  const sort = QUERY_SORTS.find(known => known === params.get('sort'));
  const page = readNumber(params.get('page'));
  return {
    filter: {
      ...(states.length ? { states } : {}),
      ...Object.fromEntries(
        TEXT_FIELDS.flatMap(field => {
          const value = params.get(field)?.trim();
          return value ? [[field, value]] : [];
        }),
      ),
      ...numberField('minWallMs', params.get('min')),
      ...numberField('maxWallMs', params.get('max')),
    },
    sort: sort ?? 'createdAt',
    order: params.get('order') === 'asc' ? 'asc' : 'desc',
    page: page === undefined ? 0 : Math.max(0, Math.floor(page) - 1),
  };
}

/** The search parameters of some filters. A change of filters goes back to the first page. */
export function queryFilterPatch(filter: QueryListFilter) {
  return {
    ...Object.fromEntries(TEXT_FIELDS.map(field => [field, filter[field]])),
    state: filter.states,
    min: filter.minWallMs?.toString(),
    max: filter.maxWallMs?.toString(),
    page: undefined,
  };
}

/** Whether nothing is filtered. */
export function isEmptyFilter(filter: QueryListFilter): boolean {
  return Object.values(filter).every(value => value === undefined);
}

/**
 * Filters with those that the entity dictates. The entity's win: its tab
 * shows its own queries only.
 */
export function withFixedFilter(
  filter: QueryListFilter,
  fixed: QuerySelector & { table?: string },
): QueryListFilter {
  return { ...filter, ...fixed };
}

function isQueryState(text: string): text is QueryState {
  return QUERY_STATES.some(state => state === text);
}

function readNumber(text: string | null): number | undefined {
  if (text === null || text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) && value >= 0 ? value : undefined;
}

function numberField(name: 'minWallMs' | 'maxWallMs', text: string | null) {
  const value = readNumber(text);
  return value === undefined ? {} : { [name]: value };
}
