import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  formatTableName,
  formatTableRef,
  type TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { gapClosed, gapOpened, gapOrClosed } from '../shared/gapOf';
import { observeRound } from '../shared/observeRound';
import { mapConcurrently } from './tables/mapConcurrently';
import { probeSnapshots } from './tables/probeSnapshots';
import { RefreshTimes } from './tables/RefreshTimes';
import { Discovery, TableDiscovery } from './tables/TableDiscovery';
import { failureGap, sweepGap } from './tables/sweepGap';
import { SweepProgress } from './tables/SweepProgress';
import type { TableInspector } from './tables/TableInspector';
import {
  canBeProbed,
  inBatches,
  inOrder,
  SweptTable,
} from './tables/TableSweep';
import type { TrinoTablesConfig } from './TrinoCollectorsConfig';

/** Planning grows faster than the number of tables beyond some hundred (measured on Trino 476). */
const TABLES_PER_PROBE = 50;

export interface TableHealthCollectorOptions {
  connection: TrinoConnection;
  store: Pick<ObservationStore, 'knownTables'>;
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
    const startedAt = this.options.now();
    const at = new Date(startedAt).toISOString();
    const tables = await this.options.store.knownTables(this.connection);
    const known = tables.map(({ health }) => health);
    yield* observeRound({
      signal,
      look: () => this.#discovery.read({ known, signal }),
      gap: error => gapOpened(failureGap({ ...this.options, error, at })),
      tell: discovery => this.#sweep({ discovery, known, startedAt, signal }),
    });
  }

  async *#sweep(options: {
    discovery: Discovery;
    known: readonly TableHealth[];
    startedAt: number;
    signal: AbortSignal;
  }): AsyncIterable<Observation[]> {
    const { discovery, known, startedAt, signal } = options;
    const { config } = this.options;
    const { wanted } = discovery;
    const at = new Date(startedAt).toISOString();
    if (discovery.dropped.length > 0) {
      yield discovery.dropped.flatMap(({ ref }) => [
        { type: 'TableDropped' as const, ref, at },
        gapClosed({
          connection: this.connection,
          subject: `table:${formatTableName(ref)}`,
          at,
        }),
      ]);
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
    const sweep = SweepProgress.create(
      () =>
        signal.aborted || this.options.now() - startedAt > config.timeBudgetMs,
    );
    const taken = ordered.slice(0, config.maxTables);
    const changed: SweptTable[] = [];
    yield* this.#probe(taken, changed, sweep, signal);
    yield* this.#inspect(changed, sweep, signal);
    if (signal.aborted) return;

    const gap = sweepGap({
      ...this.options,
      catalogs: discovery.catalogs,
      known,
      sweep,
      at,
      total: wanted.length,
    });
    yield [
      gapOrClosed({ connection: this.connection, subject: 'tables', at }, gap),
      ...(sweep.failure === undefined
        ? [{ type: 'TablesSwept' as const, connection: this.connection, at }]
        : []),
    ];
  }

  /** Tells the tables that have not changed as looked at now; the others go to `changed`. */
  async *#probe(
    tables: readonly SweptTable[],
    changed: SweptTable[],
    sweep: SweepProgress,
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
    sweep: SweepProgress,
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
}
