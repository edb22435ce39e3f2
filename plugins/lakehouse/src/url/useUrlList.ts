import { useUrlState } from './useUrlState';

/** What a list that came whole shows. */
export interface ListState {
  /** Part of a name. */
  readonly text?: string;
  readonly sort: string;
  readonly order: 'asc' | 'desc';
  /** From 0. */
  readonly page: number;
}

/** A list's state in the URL, and what changes it. */
export interface UrlList {
  readonly state: ListState;
  onSort(state: Pick<ListState, 'sort' | 'order'>): void;
  onPage(page: number): void;
  onText(text: string): void;
}

/** Reads a list's state from search parameters; `initial` unless they tell. */
export function readListState(
  params: URLSearchParams,
  initial: Pick<ListState, 'sort' | 'order'>,
): ListState {
  const page = Math.floor(Number(params.get('page') ?? 1));
  const sort = params.get('sort');
  const order = params.get('order');
  return {
    text: params.get('text')?.trim() || undefined,
    sort: sort ?? initial.sort,
    order: order === 'asc' || order === 'desc' ? order : initial.order,
    page: Number.isFinite(page) ? Math.max(0, page - 1) : 0,
  };
}

/** Keeps sort order, page and text of the one list of a view in the URL. */
export function useUrlList(
  initial: Pick<ListState, 'sort' | 'order'>,
): UrlList {
  const { params, update } = useUrlState();
  return {
    state: readListState(params, initial),
    onSort: ({ sort, order }) => update({ sort, order, page: undefined }),
    onPage: page => update({ page: page > 0 ? String(page + 1) : undefined }),
    onText: text => update({ text, page: undefined }, { replace: true }),
  };
}
