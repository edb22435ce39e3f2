import {
  formatTableRef,
  TableHealth,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import {
  CatalogTables,
  DiscoveredTable,
  discoverTables,
} from './discoverTables';
import { tableFilter } from './tablePatterns';

export interface Discovery {
  readonly catalogs: readonly CatalogTables[];
  /** Tables that the config names. */
  readonly wanted: readonly DiscoveredTable[];
  /** Known tables that are not there any more. */
  readonly dropped: readonly TableHealth[];
}

/**
 * Which tables there are. Listing catalogs costs more than looking at what changed, so
 * a complete list is kept for a while; a table that is made meanwhile is found when
 * the query log tells of it, one that is dropped when it is looked at.
 */
export class TableDiscovery {
  readonly #isWanted: ReturnType<typeof tableFilter>;
  #list: { catalogs: CatalogTables[]; at: number } | undefined;

  private constructor(
    private readonly options: {
      connection: TrinoConnection;
      include: readonly string[];
      exclude: readonly string[];
      discoverEveryMs: number;
      now: () => number;
    },
  ) {
    this.#isWanted = tableFilter(options);
  }

  static create(options: {
    connection: TrinoConnection;
    include: readonly string[];
    exclude: readonly string[];
    discoverEveryMs: number;
    now: () => number;
  }): TableDiscovery {
    return new TableDiscovery(options);
  }

  async read(options: {
    known: readonly TableHealth[];
    signal: AbortSignal;
  }): Promise<Discovery> {
    const { known, signal } = options;
    const now = this.options.now();
    const kept =
      this.#list && now - this.#list.at < this.options.discoverEveryMs
        ? this.#list.catalogs
        : undefined;
    if (kept) return this.#fromKept(kept, known);
    const catalogs = await discoverTables({ ...this.options, signal });
    const complete = catalogs.every(
      ({ error, truncated }) => error === undefined && !truncated,
    );
    this.#list = complete ? { catalogs, at: now } : undefined;
    return this.#fromFresh(catalogs, known);
  }

  #fromFresh(
    catalogs: readonly CatalogTables[],
    known: readonly TableHealth[],
  ): Discovery {
    const wanted = this.#wantedOf(catalogs);
    const names = namesOf(wanted);
    const complete = new Set(
      catalogs
        .filter(({ error, truncated }) => error === undefined && !truncated)
        .map(({ catalog }) => catalog),
    );
    const dropped = known.filter(({ ref }) =>
      complete.has(ref.catalog)
        ? !names.has(formatTableRef(ref))
        : !this.#isWanted(ref),
    );
    return { catalogs, wanted, dropped };
  }

  /** What became known since the list was read is there as well; what was dropped since is known no more. */
  #fromKept(
    catalogs: readonly CatalogTables[],
    known: readonly TableHealth[],
  ): Discovery {
    const wanted = this.#wantedOf(catalogs);
    const names = namesOf(wanted);
    const added = known.filter(
      ({ ref }) => !names.has(formatTableRef(ref)) && this.#isWanted(ref),
    );
    return { catalogs, wanted: [...wanted, ...added], dropped: [] };
  }

  #wantedOf(catalogs: readonly CatalogTables[]): DiscoveredTable[] {
    return catalogs
      .flatMap(({ tables }) => tables)
      .filter(({ ref }) => this.#isWanted(ref));
  }
}

function namesOf(tables: readonly DiscoveredTable[]): Set<string> {
  return new Set(tables.map(({ ref }) => formatTableRef(ref)));
}
