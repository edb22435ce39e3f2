import type {
  ClusterNode,
  ClusterSample,
  Gap,
  QueryRecord,
  ResourceGroupState,
  TableHealth,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** A query was seen: by the event listener or by a poll. */
export interface QueryObserved {
  readonly type: 'QueryObserved';
  readonly query: QueryRecord;
}

/**
 * A poll saw these queries as alive and no others: rows of the connection that
 * stand as alive, were last seen before `at`, and are not among them have
 * ended unseen.
 */
export interface LiveQueriesObserved {
  readonly type: 'LiveQueriesObserved';
  readonly connection: string;
  readonly at: string;
  readonly queryIds: readonly string[];
}

export interface ClusterSampled {
  readonly type: 'ClusterSampled';
  readonly sample: ClusterSample;
  /** Absent when not observed this time: the last known stay. */
  readonly nodes?: readonly ClusterNode[];
  readonly resourceGroups?: readonly ResourceGroupState[];
}

export interface TableInspected {
  readonly type: 'TableInspected';
  readonly health: TableHealth;
}

/** The table is not there any more. */
export interface TableDropped {
  readonly type: 'TableDropped';
  readonly ref: TableRef;
  readonly at: string;
}

/** A sweep over all tables of a connection has ended. */
export interface TablesSwept {
  readonly type: 'TablesSwept';
  readonly connection: string;
  readonly at: string;
}

/** Something could not be observed, from now until {@link GapClosed}. Repeated while it lasts. */
export interface GapOpened {
  readonly type: 'GapOpened';
  readonly gap: Gap;
}

/** It is observed again. Recorded freely: nothing happens when no gap is open. */
export interface GapClosed {
  readonly type: 'GapClosed';
  readonly connection: string;
  readonly subject: Gap['subject'];
  readonly at: string;
}

/** All that a collector can tell. Closed: the store handles each. */
export type Observation =
  | QueryObserved
  | LiveQueriesObserved
  | ClusterSampled
  | TableInspected
  | TableDropped
  | TablesSwept
  | GapOpened
  | GapClosed;
