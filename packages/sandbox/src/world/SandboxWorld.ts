import { Catalogs } from '../catalogs/Catalogs';
import { LakeCatalog } from '../catalogs/LakeCatalog';
import { SystemCatalog } from '../catalogs/SystemCatalog';
import { TpchCatalog } from '../catalogs/TpchCatalog';
import { type Query } from '../cluster/Query';
import { QueryManager } from '../cluster/QueryManager';
import { TrinoError } from '../sql/TrinoError';
import { type LakeTable } from './LakeTable';
import { Random } from './Random';
import { seedTables } from './seedTables';

export interface SandboxWorldOptions {
  seed: number;
  nowMs: () => number;
  speed: number;
  version: string;
  /** Where the server listens; known once it does. */
  baseUrl: () => string;
  onCreated(query: Query): void;
  onCompleted(query: Query): void;
}

const NODE_MEMORY_BYTES = 4 * 1024 ** 3;
const WORKERS = 2;
const MAX_WORKERS = 100;

/**
 * The simulated lakehouse: its catalogs, its queries and its clock.
 *
 * @public
 */
export class SandboxWorld {
  /** @internal */
  readonly catalogs = new Catalogs();
  /** @internal */
  readonly queries: QueryManager;
  /** @internal */
  readonly random: Random;
  /** @internal */
  readonly startedAtMs: number;
  private workers = WORKERS;

  private constructor(private readonly options: SandboxWorldOptions) {
    this.random = Random.create(options.seed);
    this.startedAtMs = options.nowMs();
    this.queries = QueryManager.create({
      random: this.random,
      nowMs: options.nowMs,
      speed: options.speed,
      onCreated: options.onCreated,
      onCompleted: options.onCompleted,
    });
    const iceberg = LakeCatalog.create('iceberg', 'iceberg');
    const delta = LakeCatalog.create('delta', 'delta_lake');
    this.catalogs.add(iceberg);
    this.catalogs.add(delta);
    this.catalogs.add(new TpchCatalog());
    this.catalogs.add(
      SystemCatalog.create({
        queries: this.queries,
        nodes: () => this.nodes(),
        catalogs: () => this.catalogs.all(),
      }),
    );
    seedTables({ iceberg, delta, random: this.random, nowMs: this.nowMs });
  }

  /** @internal */
  static create(options: SandboxWorldOptions): SandboxWorld {
    return new SandboxWorld(options);
  }

  /** @internal */
  get nowMs(): number {
    return this.options.nowMs();
  }

  /** @internal */
  get version(): string {
    return this.options.version;
  }

  /** @internal */
  get baseUrl(): string {
    return this.options.baseUrl();
  }

  /** A table of data files by its full name, such as `iceberg.lake.daily_sales`. */
  table(catalog: string, schema: string, table: string): LakeTable | undefined {
    const found = this.catalogs.all().find(({ name }) => name === catalog);
    return found instanceof LakeCatalog
      ? found.lakeTable(schema, table)
      : undefined;
  }

  /**
   * So many workers are there from now on. Queries that run while one is lost
   * fail, as those of a cluster that is not fault-tolerant do.
   *
   * @throws RangeError when it is not a whole number from 0 to 100
   */
  setWorkers(count: number): void {
    if (!Number.isInteger(count) || count < 0 || count > MAX_WORKERS) {
      throw new RangeError(
        `${count} workers can't be played: give a whole number from 0 to ${MAX_WORKERS}.`,
      );
    }
    const isLost = count < this.workers;
    this.workers = count;
    if (!isLost) return;
    for (const query of this.queries.active()) {
      if (query.isRunning) {
        this.queries.fail(
          query,
          new TrinoError({
            name: 'REMOTE_TASK_ERROR',
            message:
              'Expected response code to be 200, but was 503: the worker is gone',
          }),
        );
      }
    }
  }

  /** @internal */
  nodes() {
    const { version } = this;
    const workers = Array.from({ length: this.workers }, (_, i) => ({
      nodeId: `sandbox-worker-${i + 1}`,
      httpUri: `http://10.20.0.${11 + i}:8080`,
      version,
      coordinator: false,
    }));
    return [
      {
        nodeId: 'sandbox-coordinator',
        httpUri: this.baseUrl,
        version,
        coordinator: true,
      },
      ...workers,
    ];
  }

  /** User memory that running queries hold now, and by how many. */
  memory() {
    const queries = this.queries.active().filter(query => query.isRunning);
    const nodes = this.workers + 1;
    const totalBytes = nodes * NODE_MEMORY_BYTES;
    const reservedBytes = Math.min(
      totalBytes,
      queries.reduce((sum, q) => sum + q.reservedBytes(this.nowMs), 0),
    );
    return {
      totalBytes,
      reservedBytes,
      freeBytes: totalBytes - reservedBytes,
      assignedQueries: queries.length,
      nodes,
      blockedNodes: reservedBytes > totalBytes * 0.97 ? 1 : 0,
    };
  }

  /** @internal */
  close(): void {
    this.queries.close();
  }
}
