import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import {
  formatTableName,
  type QueryFilter,
  type QueryPageRequest,
  type QueryRecord,
  type TablePageRequest,
  type TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { Knex } from 'knex';
import { sumUpCacheUse } from './cache/sumUpCacheUse';
import { ClusterHistory } from './ClusterHistory';
import { GapLog } from './GapLog';
import type { LiveQueriesObserved, Observation } from './Observation';
import type { ObservationStore } from './ObservationStore';
import { QueryRollups } from '../slo/rollups/queries/QueryRollups';
import { QueryLog } from './queries/QueryLog';
import { QueryRecorder } from './queries/QueryRecorder';
import { TableInventory } from './TableInventory';
import { epochMs } from './storable';
import { storageError } from './storageError';
import { readLastCommits } from './readLastCommits';
import { SystemHistories } from './SystemHistories';

/** Rows of one kind that one call of {@link DatabaseObservationStore.prune} deletes at most. */
const PRUNE_LIMIT = 5_000;

/** {@link ObservationStore} on SQLite and PostgreSQL. */
export class DatabaseObservationStore implements ObservationStore {
  readonly caches: SystemHistories['caches'];
  readonly dashboards: SystemHistories['dashboards'];
  readonly workloads: SystemHistories['workloads'];
  readonly gateways: SystemHistories['gateways'];
  readonly metrics: SystemHistories['metrics'];
  readonly timeline: SystemHistories['timeline'];
  readonly access: SystemHistories['access'];
  readonly #db: Knex;
  readonly #recorder: QueryRecorder;
  readonly #queries: QueryLog;
  readonly #clusters: ClusterHistory;
  readonly #tables: TableInventory;
  readonly #gaps: GapLog;
  readonly #systems: SystemHistories;

  /**
   * Brings the database's schema up to date.
   *
   * @param options - `ownSources`: by connection, the `source` of our own
   * queries; they are recorded, but served only when that source is asked for.
   */
  static async create(options: {
    database: DatabaseService;
    ownSources?: ReadonlyMap<string, string>;
  }): Promise<DatabaseObservationStore> {
    const { database, ownSources = new Map() } = options;
    const db = await database.getClient();
    if (!database.migrations?.skip) {
      await db.migrate.latest({
        directory: resolvePackagePath(
          '@lakehouse-ops/plugin-lakehouse-backend',
          'migrations',
        ),
      });
    }
    return new DatabaseObservationStore(db, ownSources);
  }

  private constructor(db: Knex, ownSources: ReadonlyMap<string, string>) {
    this.#db = db;
    this.#recorder = new QueryRecorder(db, new QueryRollups(db, ownSources));
    this.#queries = new QueryLog(db, ownSources);
    this.#clusters = new ClusterHistory(db);
    this.#tables = new TableInventory(db);
    this.#gaps = new GapLog(db);
    this.#systems = new SystemHistories(db, { gaps: this.#gaps, ownSources });
    this.caches = this.#systems.caches;
    this.dashboards = this.#systems.dashboards;
    this.workloads = this.#systems.workloads;
    this.gateways = this.#systems.gateways;
    this.metrics = this.#systems.metrics;
    this.timeline = this.#systems.timeline;
    this.access = this.#systems.access;
  }

  async record(observations: readonly Observation[]): Promise<void> {
    if (!observations.length) return;
    try {
      await this.#recordAll(observations);
    } catch (error) {
      throw storageError(error);
    }
  }

  async #recordAll(observations: readonly Observation[]): Promise<void> {
    await this.#db.transaction(async trx => {
      const queries: QueryRecord[] = [];
      const live: LiveQueriesObserved[] = [];
      for (const observation of observations) {
        if (observation.type === 'QueryObserved') {
          queries.push(observation.query);
        } else if (observation.type === 'LiveQueriesObserved') {
          live.push(observation);
        } else {
          await this.#recordOther(trx, observation);
        }
      }
      await this.#recorder.record(trx, queries);
      // After the queries of the same look, so that what it saw counts as seen.
      for (const observation of live) {
        await this.#recorder.recordLive(trx, observation);
      }
    });
  }

  async #recordOther(
    trx: Knex.Transaction,
    observation: Exclude<
      Observation,
      { type: 'QueryObserved' | 'LiveQueriesObserved' }
    >,
  ): Promise<void> {
    switch (observation.type) {
      case 'ClusterSampled':
        return this.#clusters.record(trx, observation);
      case 'TableInspected':
        return this.#tables.record(trx, observation.health);
      case 'TableDropped':
        await this.#tables.recordDropped(trx, observation);
        // What is gone is not missed.
        return this.#gaps.close(trx, {
          type: 'GapClosed',
          connection: observation.ref.connection,
          subject: `table:${formatTableName(observation.ref)}`,
          at: observation.at,
        });
      case 'TablesSwept':
        return this.#tables.recordSwept(trx, observation);
      case 'GapOpened':
        return this.#gaps.open(trx, observation.gap);
      case 'GapClosed':
        return this.#gaps.close(trx, observation);
      default:
        return this.#systems.record(trx, observation);
    }
  }

  queryPage(connection: string, request: QueryPageRequest) {
    return this.#queries.page(connection, request);
  }

  queryStats(connection: string, request: QueryFilter & { buckets?: number }) {
    return this.#queries.stats(connection, request);
  }

  query(connection: string, queryId: string) {
    return this.#queries.get(connection, queryId);
  }

  liveQueryIds(connection: string) {
    return this.#queries.liveIds(connection);
  }

  lastQueryObservation(connection: string, by: 'listener' | 'poll') {
    return this.#queries.lastObservation(connection, by);
  }

  clusterSamples(
    connection: string,
    range: { from: string; to: string; limit: number },
  ) {
    return this.#clusters.samples(connection, range);
  }

  latestCluster(connection: string) {
    return this.#clusters.latest(connection);
  }

  tablePage(request: TablePageRequest & { connections: readonly string[] }) {
    return this.#tables.page(request);
  }

  table(ref: TableRef) {
    return this.#tables.get(ref);
  }

  tableHistory(ref: TableRef, limit: number) {
    return this.#tables.history(ref, limit);
  }

  knownTables(connection: string) {
    return this.#tables.known(connection);
  }

  lastSweep(connection: string) {
    return this.#tables.lastSweep(connection);
  }

  lastCommits(refs: readonly TableRef[]) {
    return readLastCommits(this.#db, refs);
  }

  openGaps() {
    return this.#gaps.countOpen();
  }

  gaps(connection: string, range?: { from: string; to: string }) {
    return this.#gaps.list(connection, range);
  }

  lastAnalyzed(ref: TableRef) {
    return this.#queries.lastAnalyzed(ref);
  }

  sumUp(options: { cacheUseBefore: string }) {
    return sumUpCacheUse(this.#db, {
      before: epochMs(options.cacheUseBefore) ?? 0,
      limit: PRUNE_LIMIT,
    });
  }

  async prune(options: {
    queriesBefore: string;
    samplesBefore: string;
    inspectionsBefore: string;
    gapsBefore: string;
  }): Promise<number> {
    const before = (time: string) => epochMs(time) ?? 0;
    return (
      (await this.#systems.prune(before(options.samplesBefore), PRUNE_LIMIT)) +
      (await this.#recorder.prune(before(options.queriesBefore), PRUNE_LIMIT)) +
      (await this.#clusters.prune(before(options.samplesBefore), PRUNE_LIMIT)) +
      (await this.#tables.prune(
        before(options.inspectionsBefore),
        PRUNE_LIMIT,
      )) +
      (await this.#gaps.prune(before(options.gapsBefore), PRUNE_LIMIT))
    );
  }
}
