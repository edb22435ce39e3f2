import type { Knex } from 'knex';
import { AccessDenials } from './access/AccessDenials';
import { CacheHistory } from './cache/CacheHistory';
import { DashboardInventory } from './dashboards/DashboardInventory';
import type { GapLog } from './GapLog';
import { GatewayHistory } from './gateway/GatewayHistory';
import { MetricsHistory } from './metrics/MetricsHistory';
import type { SystemObservation } from './Observation';
import { pruneOldest } from './shared/pruneOldest';
import { Timeline } from './timeline/Timeline';
import { WorkloadHistory } from './workloads/WorkloadHistory';

/** Tables that are kept as long as samples, with the column of their time. */
const TABLES = [
  ['samples', 'sampled_at'],
  ['documents', 'observed_at'],
  ['occurrences', 'touched_at'],
  ['cache_use', 'ended_at'],
] as const;

/** The parts of the store that keep what systems other than Trino tell. */
export class SystemHistories {
  readonly caches: CacheHistory;
  readonly dashboards: DashboardInventory;
  readonly workloads: WorkloadHistory;
  readonly gateways: GatewayHistory;
  readonly metrics: MetricsHistory;
  readonly timeline: Timeline;
  readonly access: AccessDenials;
  readonly #db: Knex;

  constructor(
    db: Knex,
    options: { gaps: GapLog; ownSources: ReadonlyMap<string, string> },
  ) {
    this.#db = db;
    this.caches = new CacheHistory(db);
    this.dashboards = new DashboardInventory(db);
    this.workloads = new WorkloadHistory(db, options.gaps);
    this.gateways = new GatewayHistory(db);
    this.metrics = new MetricsHistory(db);
    this.timeline = new Timeline(db);
    this.access = new AccessDenials(db, options.ownSources);
  }

  async record(
    trx: Knex.Transaction,
    observation: SystemObservation,
  ): Promise<void> {
    switch (observation.type) {
      case 'CacheSampled':
        return this.caches.recordSample(trx, observation);
      case 'CacheKeyspaceScanned':
        return this.caches.recordKeyspace(trx, observation);
      case 'CacheUseReported':
        return this.caches.use.record(trx, observation);
      case 'StampedeObserved':
        return this.caches.recordStampede(trx, observation);
      case 'AlertsObserved':
        return this.dashboards.recordAlerts(trx, observation);
      case 'AlertRunsObserved':
        return this.dashboards.recordRuns(trx, observation);
      case 'DashboardsObserved':
        return this.dashboards.recordDashboards(trx, observation);
      case 'WorkloadsSampled':
        return this.workloads.record(trx, observation);
      case 'GatewaySampled':
        return this.gateways.record(trx, observation);
      case 'GatewayRoutesObserved':
        return this.gateways.recordRoutes(trx, observation);
      case 'MetricsObserved':
        return this.metrics.record(trx, observation);
      case 'TimelineObserved':
        return this.timeline.record(trx, observation);
      default:
        return assertNever(observation);
    }
  }

  /** Deletes at most about `limit` rows of each table that are from before. */
  async prune(before: number, limit: number): Promise<number> {
    let deleted = 0;
    for (const [table, column] of TABLES) {
      deleted += await pruneOldest(this.#db, { table, column, before, limit });
    }
    return deleted;
  }
}

function assertNever(observation: never): never {
  throw new Error(
    `No part of the store keeps this observation: ${JSON.stringify(
      observation,
    )}`,
  );
}
