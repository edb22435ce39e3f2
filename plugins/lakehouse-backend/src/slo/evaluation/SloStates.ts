import type {
  SloList,
  SloListRequest,
  SloStatus,
  SloSummary,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { WindowCounts } from './WindowCounts';

/** What an evaluation found, with what it counted to find it. */
export interface KeptEvaluation {
  readonly summary: SloSummary;
  readonly counts?: WindowCounts;
}

/** Newest evaluation of each SLO, kept in the database, so that lists need no arithmetic. */
export interface SloStates {
  /** Worst first; of groups the one with the worst first. `connections`: an SLO is listed only when all of its connections are among them. */
  list(request: SloListRequest & { connections: readonly string[] }): Promise<{
    items: SloSummary[];
    total: number;
    counts: Record<SloStatus, number>;
    firing: number;
    facets: NonNullable<SloList['facets']>;
    hidden: number;
  }>;
  get(ids: readonly string[]): Promise<ReadonlyMap<string, SloSummary>>;
  /** As `get`, with what was counted over the window. */
  evaluations(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, KeptEvaluation>>;
  /** @param counts - by SLO; of others nothing is kept */
  put(
    summaries: readonly SloSummary[],
    counts?: ReadonlyMap<string, WindowCounts>,
  ): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}
