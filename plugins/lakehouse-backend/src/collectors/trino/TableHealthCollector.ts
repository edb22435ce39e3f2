import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  formatTableRef,
  Gap,
  TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { closed, gapFromError, opened } from './gaps';
import type { CatalogTables } from './tables/discoverTables';
import { mapConcurrently } from './tables/mapConcurrently';
import { probeSnapshots } from './tables/probeSnapshots';
import { RefreshTimes } from './tables/RefreshTimes';
import { mayInclude } from './tables/tablePatterns';
import { Discovery, TableDiscovery } from './tables/TableDiscovery';
import type { TableInspector } from './tables/TableInspector';
import {
  canBeProbed,
  inBatches,
  inOrder,
  leftOver,
  SweptTable,
} from './tables/TableSweep';
import type { TrinoTablesConfig } from './TrinoCollectorsConfig';

/** Planning grows faster than the number of tables beyond some hundred (measured on Trino 476). */
const TABLES_PER_PROBE = 50;

export interface TableHealthCollectorOptions {
  connection: TrinoConnection;
  store: Pick<ObservationStore, 'knownTables' | 'gaps'>;
  inspector: TableInspector;
  config: TrinoTablesConfig;
  logger: LoggerService;
  now: () => number;
}

/**
 * Sweeps over all Iceberg and Delta tables. Finds out for many tables at a time
 * which have a new snapshot, and looks at those. What time does not allow comes
 * first in the next sweep.
 */
export class TableHealthCollector implements Collector {
  readonly id: string;
  readonly connection: string;
  readonly kind = 'tables';
  readonly #discovery: TableDiscovery;
  readonly #refreshTimes: RefreshTimes;

  private constructor(private readonly options: TableHealthCollectorOptions) {
    this.connection = options.connection.id;
    this.id = `trino-tables:${this.connection}`;
    this.#discovery = TableDiscovery.create({
      ...options.config,
      ...options,
    });
    this.#refreshTimes = RefreshTimes.create({
      refreshAfterMs: options.config.refreshAfterMs,
      limit: options.config.maxTables,
    });
  }

  static create(options: TableHealthCollectorOptions): TableHealthCollector {
    return new TableHealthCollector(options);
  }

  async *collect({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncIterable<Observation[]> {
    const { config, store } = this.options;
    const startedAt = this.options.now();
    const at = new Date(startedAt).toISOString();
    const known = (await store.knownTables(this.connection)).map(
      ({ health }) => health,
    );
    let discovery: Discovery;
    try {
      discovery = await this.#discovery.read({ known, signal });
    } catch (error) {
      if (!signal.aborted) yield [opened(this.#gap(error, at))];
      return;
    }
    const { wanted } = discovery;
    if (discovery.dropped.length > 0) {
      yield discovery.dropped.map(({ ref }) => ({
        type: 'TableDropped',
        ref,
        at,
      }));
    }

    const knownByName = new Map(
      known.map(health => [formatTableRef(health.ref), health]),
    );
    const ordered = inOrder(
      wanted.map(table => ({
        ...table,
        known: knownByName.get(formatTableRef(table.ref)),
      })),
    );
    const sweep = new Sweep(
      () =>
        signal.aborted || this.options.now() - startedAt > config.timeBudgetMs,
    );
    const taken = ordered.slice(0, config.maxTables);
    const changed: SweptTable[] = [];
    yield* this.#probe(taken, changed, sweep, signal);
    yield* this.#inspect(changed, sweep, signal);
    if (signal.aborted) return;

    const gap = this.#gapOf({
      catalogs: discovery.catalogs,
      known,
      sweep,
      at,
      total: wanted.length,
    });
    yield [
      gap
        ? opened(gap)
        : closed({ connection: this.connection, subject: 'tables', at }),
      ...(sweep.failure === undefined
        ? [{ type: 'TablesSwept' as const, connection: this.connection, at }]
        : []),
    ];
  }

  /** Tells the tables that have not changed as looked at now; the others go to `changed`. */
  async *#probe(
    tables: readonly SweptTable[],
    changed: SweptTable[],
    sweep: Sweep,
    signal: AbortSignal,
  ): AsyncIterable<Observation[]> {
    const { inspector, config, now } = this.options;
    const probed: SweptTable[] = [];
    for (const table of tables) {
      const due = this.#refreshTimes.isDue(formatTableRef(table.ref), now());
      (canBeProbed(table) && !due ? probed : changed).push(table);
    }
    const run = inspector.runner(signal);
    const batches = mapConcurrently(inBatches(probed, TABLES_PER_PROBE), {
      concurrency: config.concurrency,
      stop: sweep.shouldStop,
      run: async batch => {
        try {
          const refs = batch.map(({ ref }) => ref);
          return { batch, probes: await probeSnapshots({ refs, run }) };
        } catch (error) {
          sweep.failure ??= error;
          return undefined;
        }
      },
    });
    for await (const answer of batches) {
      if (!answer) continue;
      const at = new Date(now()).toISOString();
      const unchanged: Observation[] = [];
      for (const table of answer.batch) {
        const probe = answer.probes.get(table.ref);
        const same =
          probe !== undefined &&
          probe !== 'unknown' &&
          probe.snapshotId === table.known?.snapshot?.id;
        if (table.known && same) {
          unchanged.push({
            type: 'TableInspected',
            health: { ...table.known, inspectedAt: at },
          });
        } else {
          changed.push(table);
        }
      }
      if (unchanged.length > 0) yield unchanged;
      sweep.done += unchanged.length;
    }
  }

  async *#inspect(
    tables: readonly SweptTable[],
    sweep: Sweep,
    signal: AbortSignal,
  ): AsyncIterable<Observation[]> {
    const { inspector, config, now } = this.options;
    const looks = mapConcurrently(inOrder(tables), {
      concurrency: config.concurrency,
      stop: sweep.shouldStop,
      run: async table => {
        try {
          const name = formatTableRef(table.ref);
          const full = this.#refreshTimes.isDue(name, now());
          const observations = await inspector.inspect({
            ...table,
            full,
            signal,
          });
          if (full || !table.known) this.#refreshTimes.read(name, now());
          return observations;
        } catch (error) {
          sweep.failure ??= error;
          return undefined;
        }
      },
    });
    for await (const observations of looks) {
      if (!observations) continue;
      sweep.done += 1;
      if (observations.length > 0) yield observations;
    }
  }

  #gapOf(options: {
    catalogs: readonly CatalogTables[];
    known: readonly TableHealth[];
    sweep: Sweep;
    at: string;
    total: number;
  }): Gap | undefined {
    const { catalogs, sweep, at, total } = options;
    if (sweep.failure !== undefined) return this.#gap(sweep.failure, at);
    const refused = catalogs.find(({ error }) => error !== undefined);
    if (refused) {
      return this.#gap(refused.error, at, `catalog ${refused.catalog}`);
    }
    const told = new Set(catalogs.map(({ catalog }) => catalog));
    const lost = options.known.find(
      ({ ref }) =>
        !told.has(ref.catalog) &&
        mayInclude(this.options.config.include, ref.catalog),
    );
    if (lost) {
      return {
        connection: this.connection,
        subject: 'tables',
        since: at,
        code: 'not-found',
        reason: `Trino does not list catalog ${lost.ref.catalog} any more; its tables are shown as last seen`,
        remedy: `bring the catalog back, or let ${this.options.connection.user} see it`,
      };
    }
    return leftOver({
      connection: this.connection,
      at,
      left: total - sweep.done,
      total,
      maxTables: this.options.config.maxTables,
      outOfTime: sweep.shouldStop(),
    });
  }

  #gap(error: unknown, at: string, of?: string): Gap {
    const { user } = this.options.connection;
    const gap = gapFromError({
      connection: this.connection,
      subject: 'tables',
      at,
      error,
      deniedRemedy: `allow ${user} to SELECT from the catalog's information_schema and from system.metadata.materialized_views`,
    });
    return of ? { ...gap, reason: `${of}: ${gap.reason}` } : gap;
  }
}

/** How far a sweep has come. */
class Sweep {
  done = 0;
  /** Of the whole cluster: the sweep ends. */
  failure: unknown;

  constructor(private readonly isOver: () => boolean) {}

  readonly shouldStop = (): boolean =>
    this.failure !== undefined || this.isOver();
}
