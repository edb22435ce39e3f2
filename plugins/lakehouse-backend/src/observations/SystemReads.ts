import type {
  AccessDenialsView,
  AlertRun,
  CacheNode,
  CachePrefix,
  CacheSample,
  CacheTelemetryHotKey,
  GatewayBackend,
  GatewayRoute,
  GatewayView,
  LakehouseAlert,
  LakehouseDashboard,
  MetricsAlert,
  MetricsView,
  SlowCommand,
  Stampede,
  TableRef,
  TimelineEvent,
  Workload,
  WorkloadsView,
} from '@lakehouse-ops/plugin-lakehouse-common';

/** ISO times. */
export interface TimeRange {
  readonly from: string;
  readonly to: string;
}

/** Misses, of a key that was being filled already, that one instance of an application told of one window. */
export interface DuplicateMisses {
  readonly prefix: string;
  readonly instance: string;
  /** The application's name, which its queries tell Trino as their source. */
  readonly source?: string;
  /** ISO time of the window's end. */
  readonly at: string;
  readonly windowSeconds: number;
  readonly misses: number;
  readonly duplicateMisses: number;
  readonly hotKeys: readonly CacheTelemetryHotKey[];
}

/** What is known of caches. */
export interface CacheReads {
  /** Oldest first, thinned to at most `limit`. */
  samples(
    connection: string,
    range: TimeRange & { limit: number },
  ): Promise<CacheSample[]>;
  latest(connection: string): Promise<
    | {
        sample: CacheSample;
        nodes?: readonly CacheNode[];
        slowCommands?: readonly SlowCommand[];
      }
    | undefined
  >;
  /** Most used first, at most 200; each with at most 120 points of use in the range. */
  prefixes(connection: string, range: TimeRange): Promise<CachePrefix[]>;
  /** What applications told of concurrent misses, newest first, at most 1,000. */
  duplicateMisses(
    connection: string,
    range: TimeRange,
  ): Promise<DuplicateMisses[]>;
  /** Those that touch the range, newest first, at most 100. */
  stampedes(connection: string, range: TimeRange): Promise<Stampede[]>;
}

/** What is known of Superset's alerts and dashboards. */
export interface DashboardReads {
  alerts(connection: string): Promise<
    | {
        at: string;
        alerts: LakehouseAlert[];
        partial?: string;
        alertsOff?: boolean;
      }
    | undefined
  >;
  /** Newest first, at most 50. */
  alertRuns(connection: string, alertId: string): Promise<AlertRun[]>;
  dashboards(
    connection: string,
  ): Promise<
    | { at: string; dashboards: LakehouseDashboard[]; partial?: string }
    | undefined
  >;
  /** Dashboards of those connections with a dataset on the table. */
  dashboardsReading(
    connections: readonly string[],
    table: TableRef,
  ): Promise<LakehouseDashboard[]>;
}

/** What is known of workloads. */
export interface WorkloadReads {
  latest(
    connection: string,
  ): Promise<{ at: string; workloads: Workload[] } | undefined>;
  /** At most 300 points for each workload, oldest first. */
  series(
    connection: string,
    range: TimeRange,
  ): Promise<WorkloadsView['series']>;
}

/** What is known of gateways before Trino. */
export interface GatewayReads {
  latest(connection: string): Promise<
    | {
        at: string;
        backends: GatewayBackend[];
        defaultRoutingGroup?: string;
      }
    | undefined
  >;
  /** At most 300 points, oldest first. */
  series(connection: string, range: TimeRange): Promise<GatewayView['series']>;
  /** Newest first, at most 200. */
  routes(connection: string, range: TimeRange): Promise<GatewayRoute[]>;
  route(connection: string, queryId: string): Promise<GatewayRoute | undefined>;
}

/** What is known of Prometheus' alerts and targets. */
export interface MetricsReads {
  latest(connection: string): Promise<
    | {
        at: string;
        alerts: MetricsAlert[];
        targets?: MetricsView['targets'];
      }
    | undefined
  >;
}

/** What happened. */
export interface TimelineReads {
  /** Newest first. */
  events(
    request: TimeRange & {
      connections: readonly string[];
      limit: number;
    },
  ): Promise<TimelineEvent[]>;
}

/** What access control refused, out of the query log. */
export interface AccessReads {
  denials(
    connection: string,
    range: TimeRange,
  ): Promise<Pick<AccessDenialsView, 'groups' | 'total' | 'outages'>>;
}
