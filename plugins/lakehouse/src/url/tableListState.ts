import type {
  HealthStatus,
  TablePageRequest,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** Rows of a page of tables. */
export const TABLE_PAGE_SIZE = 50;

export type TableSort = NonNullable<TablePageRequest['sort']>;

const SORTS: readonly TableSort[] = [
  'score',
  'name',
  'dataFiles',
  'sizeBytes',
  'committedAt',
];
const STATUSES: readonly HealthStatus[] = [
  'breached',
  'at-risk',
  'unknown',
  'healthy',
];

/** What the list of tables shows. */
export interface TableListState {
  readonly text?: string;
  readonly status?: HealthStatus;
  readonly sort: TableSort;
  readonly order: 'asc' | 'desc';
  /** From 0. */
  readonly page: number;
}

/** Reads the list of tables' state from search parameters; worst first unless told. */
export function readTableListState(params: URLSearchParams): TableListState {
  const page = Math.floor(Number(params.get('page') ?? 1));
  return {
    text: params.get('text')?.trim() || undefined,
    status: STATUSES.find(status => status === params.get('status')),
    sort: SORTS.find(sort => sort === params.get('sort')) ?? 'score',
    order: params.get('order') === 'desc' ? 'desc' : 'asc',
    page: Number.isFinite(page) ? Math.max(0, page - 1) : 0,
  };
}
