import type {
  ClusterNode,
  ClusterSample,
  Gap,
  QueryFilter,
  QueryPage,
  QueryPageRequest,
  QueryRecord,
  QueryStats,
  ResourceGroupState,
  TableHealth,
  TableHistoryPoint,
  TablePageRequest,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Observation } from './Observation';
import type {
  AccessReads,
  CacheReads,
  DashboardReads,
  GatewayReads,
  MetricsReads,
  TimelineReads,
  WorkloadReads,
} from './SystemReads';

export interface ObservationStore {
  /** One batch, one transaction, idempotent: replays and any order give the same rows. */
  record(observations: readonly Observation[]): Promise<void>;

  queryPage(connection: string, request: QueryPageRequest): Promise<QueryPage>;
  queryStats(
    connection: string,
    request: QueryFilter & { buckets?: number },
  ): Promise<QueryStats>;
  query(connection: string, queryId: string): Promise<QueryRecord | undefined>;
  /** Ids of rows that stand as alive, at most 5,000. */
  liveQueryIds(connection: string): Promise<string[]>;
  /** ISO time of the newest query observation by that witness. */
  lastQueryObservation(
    connection: string,
    by: 'listener' | 'poll',
  ): Promise<string | undefined>;

  /** Oldest first, thinned to at most `limit`. */
  clusterSamples(
    connection: string,
    range: { from: string; to: string; limit: number },
  ): Promise<
    Array<{
      sample: ClusterSample;
      groups: ReadonlyArray<{ path: string; running: number; queued: number }>;
    }>
  >;
  latestCluster(connection: string): Promise<
    | {
        sample: ClusterSample;
        nodes?: readonly ClusterNode[];
        resourceGroups?: readonly ResourceGroupState[];
      }
    | undefined
  >;

  tablePage(
    request: TablePageRequest & { connections: readonly string[] },
  ): Promise<{ items: TableHealth[]; total: number }>;
  table(ref: TableRef): Promise<TableHealth | undefined>;
  tableHistory(ref: TableRef, limit: number): Promise<TableHistoryPoint[]>;
  /** All known tables of a connection with what a sweep needs to tell whether they changed. */
  knownTables(
    connection: string,
  ): Promise<
    Array<{ ref: TableRef; snapshotId?: string; health: TableHealth }>
  >;
  lastSweep(connection: string): Promise<string | undefined>;
  /** ISO times at which tables were last committed to, by formatTableRef; of tables that are known only. */
  lastCommits(refs: readonly TableRef[]): Promise<ReadonlyMap<string, string>>;

  /** Open gaps, and those that ended in the range when one is told. */
  gaps(
    connection: string,
    range?: { from: string; to: string },
  ): Promise<Gap[]>;

  /** How many gaps are open, by connection and subject. */
  openGaps(): Promise<
    Array<{ connection: string; subject: Gap['subject']; count: number }>
  >;

  /** When ANALYZE last ended well on the table, as the query log tells. */
  lastAnalyzed(ref: TableRef): Promise<string | undefined>;

  readonly caches: CacheReads;
  readonly dashboards: DashboardReads;
  readonly workloads: WorkloadReads;
  readonly gateways: GatewayReads;
  readonly metrics: MetricsReads;
  readonly timeline: TimelineReads;
  readonly access: AccessReads;

  /** Sums up what was told in parts before; returns how many rows were. Bounded per call. */
  sumUp(options: { cacheUseBefore: string }): Promise<number>;

  /** Deletes what is older than told; returns how many rows. Bounded per call. */
  prune(options: {
    queriesBefore: string;
    samplesBefore: string;
    inspectionsBefore: string;
    gapsBefore: string;
  }): Promise<number>;
}
