import type {
  AlertRun,
  CacheKeyspace,
  CacheNode,
  CachePrefixUse,
  CacheSample,
  CacheTelemetryHotKey,
  ClusterNode,
  ClusterSample,
  Gap,
  GatewayBackend,
  GatewayRoute,
  LakehouseAlert,
  LakehouseDashboard,
  MetricsAlert,
  MetricsView,
  QueryRecord,
  ResourceGroupState,
  SlowCommand,
  Stampede,
  TableHealth,
  TableRef,
  TimelineEvent,
  Workload,
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

export interface CacheSampled {
  readonly type: 'CacheSampled';
  readonly sample: CacheSample;
  /** Absent when not observed this time: the last known stay. */
  readonly nodes?: readonly CacheNode[];
  readonly slowCommands?: readonly SlowCommand[];
}

/** What a scan found under prefixes. Those of the connection that are not among them keep what they had. */
export interface CacheKeyspaceScanned {
  readonly type: 'CacheKeyspaceScanned';
  readonly connection: string;
  readonly prefixes: ReadonlyArray<{
    readonly prefix: string;
    readonly keyspace: CacheKeyspace;
  }>;
}

/** What one instance of an application counted in one window; summed with those of others. Idempotent by instance and window. */
export interface CacheUseReported {
  readonly type: 'CacheUseReported';
  readonly connection: string;
  readonly instance: string;
  /** Name of the application, which its queries tell Trino as their source. */
  readonly source?: string;
  readonly prefixes: ReadonlyArray<{
    readonly prefix: string;
    readonly use: Omit<CachePrefixUse, 'instances'>;
    /** Fills by CACHE_FILL_BOUNDS_MS, as `use.fillMs` can't be summed over instances. */
    readonly fillCounts?: readonly number[];
    /** Keys that were missed while they were being filled, at most 10. */
    readonly hotKeys?: readonly CacheTelemetryHotKey[];
  }>;
}

/** A stampede began, goes on, or ended; the newest by id stands. */
export interface StampedeObserved {
  readonly type: 'StampedeObserved';
  readonly stampede: Stampede;
}

/** All alerts and reports that the account sees; others of the connection are gone. */
export interface AlertsObserved {
  readonly type: 'AlertsObserved';
  readonly connection: string;
  readonly at: string;
  readonly alerts: ReadonlyArray<Omit<LakehouseAlert, 'runs'>>;
  readonly partial?: string;
  readonly alertsOff?: boolean;
}

/** Evaluations of one alert; merged by id with those known. */
export interface AlertRunsObserved {
  readonly type: 'AlertRunsObserved';
  readonly connection: string;
  readonly alertId: string;
  readonly runs: readonly AlertRun[];
}

/** All dashboards that the account sees; others of the connection are gone. */
export interface DashboardsObserved {
  readonly type: 'DashboardsObserved';
  readonly connection: string;
  readonly at: string;
  readonly dashboards: readonly LakehouseDashboard[];
  readonly partial?: string;
}

/** All workloads of the config that are seen; others of the connection are gone, but those under a namespace with an open gap. */
export interface WorkloadsSampled {
  readonly type: 'WorkloadsSampled';
  readonly connection: string;
  readonly at: string;
  readonly workloads: readonly Workload[];
}

export interface GatewaySampled {
  readonly type: 'GatewaySampled';
  readonly connection: string;
  readonly at: string;
  readonly defaultRoutingGroup?: string;
  readonly backends: readonly GatewayBackend[];
}

/** Ways that queries took; the newest by query id stands. */
export interface GatewayRoutesObserved {
  readonly type: 'GatewayRoutesObserved';
  readonly connection: string;
  readonly routes: readonly GatewayRoute[];
}

/** Alerts and targets of a Prometheus, as they are now. */
export interface MetricsObserved {
  readonly type: 'MetricsObserved';
  readonly connection: string;
  readonly at: string;
  readonly alerts: readonly MetricsAlert[];
  readonly targets?: MetricsView['targets'];
}

/** Something happened; the newest by id stands. */
export interface TimelineObserved {
  readonly type: 'TimelineObserved';
  readonly event: TimelineEvent;
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

/** What is told of systems other than Trino. */
export type SystemObservation =
  | CacheSampled
  | CacheKeyspaceScanned
  | CacheUseReported
  | StampedeObserved
  | AlertsObserved
  | AlertRunsObserved
  | DashboardsObserved
  | WorkloadsSampled
  | GatewaySampled
  | GatewayRoutesObserved
  | MetricsObserved
  | TimelineObserved;

/** All that a collector can tell. Closed: the store handles each. */
export type Observation =
  | QueryObserved
  | LiveQueriesObserved
  | ClusterSampled
  | TableInspected
  | TableDropped
  | TablesSwept
  | SystemObservation
  | GapOpened
  | GapClosed;
