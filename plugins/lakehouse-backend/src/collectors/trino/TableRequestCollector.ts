import {
  formatTableRef,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { Observation } from '../../observations/Observation';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { gapOpened } from '../shared/gapOf';
import { gapFromError } from './gaps';
import { formatOfCatalog } from './tables/discoverTables';
import { InspectionRequests } from './tables/InspectionRequests';
import { mapConcurrently } from './tables/mapConcurrently';
import { isAboutCluster, TableInspector } from './tables/TableInspector';
import { tableFilter } from './tables/tablePatterns';
import type { TrinoTablesConfig } from './TrinoCollectorsConfig';

const EVERY_MS = 1_000;

export interface TableRequestCollectorOptions {
  connection: TrinoConnection;
  store: Pick<ObservationStore, 'table'>;
  inspector: TableInspector;
  config: TrinoTablesConfig;
  now: () => number;
}

/** Looks at tables that are known to have changed, without waiting for the next sweep. */
export class TableRequestCollector implements Collector {
  readonly id: string;
  readonly connection: string;
  readonly kind = 'tables';
  readonly everyMs = EVERY_MS;
  readonly scope = 'local';
  readonly #requests = InspectionRequests.create();
  readonly #isWanted: ReturnType<typeof tableFilter>;

  private constructor(private readonly options: TableRequestCollectorOptions) {
    this.connection = options.connection.id;
    this.id = `trino-table-requests:${this.connection}`;
    this.#isWanted = tableFilter(options.config);
  }

  static create(options: TableRequestCollectorOptions): TableRequestCollector {
    return new TableRequestCollector(options);
  }

  requestInspection(ref: TableRef): void {
    if (ref.connection !== this.connection || !this.#isWanted(ref)) return;
    this.#requests.add(ref, this.options.now());
  }

  async *collect({
    signal,
  }: {
    signal: AbortSignal;
  }): AsyncIterable<Observation[]> {
    const due = this.#requests.takeDue(this.options.now());
    if (due.length === 0) return;
    let failure: unknown;
    const looks = mapConcurrently(due, {
      concurrency: this.options.config.concurrency,
      run: async ref => {
        try {
          if (failure !== undefined) throw failure;
          return await this.#inspect(ref, signal);
        } catch (error) {
          this.#requests.retry(ref, this.options.now());
          failure ??= error;
          return [];
        }
      },
    });
    for await (const observations of looks) {
      if (observations.length > 0) yield observations;
    }
    if (failure === undefined || signal.aborted) return;
    if (!isAboutCluster(failure)) throw failure;
    yield [
      gapOpened(
        gapFromError({
          connection: this.connection,
          subject: 'tables',
          at: new Date(this.options.now()).toISOString(),
          error: failure,
        }),
      ),
    ];
  }

  async #inspect(ref: TableRef, signal: AbortSignal): Promise<Observation[]> {
    const { connection, store, inspector, now } = this.options;
    const known = await store.table(ref);
    const format =
      known?.format ?? (await formatOfCatalog(connection, ref.catalog));
    if (!format) return [];
    const observations = await inspector.inspect({
      ref,
      format,
      known,
      full: true,
      signal,
    });
    this.#requests.done(formatTableRef(ref), now());
    return observations;
  }
}
