import type {
  SloListRequest,
  SloStatus,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { HEALTH_ORDER } from '../../components/status';

/** Rows of a page of SLOs. */
export const SLO_PAGE_SIZE = 50;

/** What SLOs are kept together by. */
export type SloGrouping = 'owner' | 'system';

/** What the list of SLOs shows. */
export interface SloListState {
  readonly status?: SloStatus;
  /** Entity refs. */
  readonly owner?: string;
  readonly system?: string;
  readonly text?: string;
  readonly group?: SloGrouping;
  /** From 0. */
  readonly page: number;
}

/** Reads the list of SLOs' state from search parameters; what makes no sense is left out. */
export function readSloListState(params: URLSearchParams): SloListState {
  const page = Math.floor(Number(params.get('page') ?? 1));
  const group = params.get('group');
  return {
    status: HEALTH_ORDER.find(status => status === params.get('status')),
    owner: params.get('owner')?.trim() || undefined,
    system: params.get('system')?.trim() || undefined,
    text: params.get('text')?.trim() || undefined,
    group: group === 'owner' || group === 'system' ? group : undefined,
    page: Number.isFinite(page) ? Math.max(0, page - 1) : 0,
  };
}

/** What to ask the backend for. */
export function sloListRequest(state: SloListState): SloListRequest {
  return {
    status: state.status,
    owner: state.owner,
    system: state.system,
    search: state.text,
    groupBy: state.group,
    limit: SLO_PAGE_SIZE,
    offset: state.page * SLO_PAGE_SIZE,
  };
}

/** Whether nothing is filtered. */
export function isUnfiltered(state: SloListState): boolean {
  return !(state.status || state.owner || state.system || state.text);
}
