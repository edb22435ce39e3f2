import type { LakehouseSliSource } from '@lakehouse-ops/plugin-lakehouse-common';
import type { CountedSeries } from '../series/CountedSeries';
import { contributor, type Contribute } from './contributionOf';
import type { QueryFacts } from './QueryFacts';
import { isExact } from './textPattern';

/** A series that queries count for. */
export interface QuerySeries {
  readonly counted: CountedSeries;
  readonly contribute: Contribute;
}

/**
 * The query series of a connection, found by what their filters name: of a
 * thousand series that each ask for one source, a query meets but one.
 */
export class SeriesIndex {
  readonly #everyQuery: QuerySeries[] = [];
  readonly #named = new Map<string, QuerySeries[]>();

  /** How many there are. */
  readonly size: number;

  constructor(series: readonly CountedSeries[], ownSource?: string) {
    let size = 0;
    for (const counted of series) {
      if (counted.kind !== 'query') continue;
      const { source } = counted.series;
      const contribute = contributor(counted.series, ownSource);
      if (!contribute || source.type !== 'lakehouse') continue;
      size += 1;
      const key = keyOfFilter(source);
      const list = key === undefined ? this.#everyQuery : this.#of(key);
      list.push({ counted, contribute });
    }
    this.size = size;
  }

  #of(key: string): QuerySeries[] {
    const known = this.#named.get(key);
    if (known) return known;
    const list: QuerySeries[] = [];
    this.#named.set(key, list);
    return list;
  }

  /** Those that the query may count for. */
  *candidates(facts: QueryFacts): Iterable<QuerySeries> {
    yield* this.#everyQuery;
    if (!this.#named.size) return;
    for (const table of facts.tables) {
      yield* this.#named.get(`table:${table}`) ?? [];
    }
    yield* this.#named.get(`source:${facts.source}`) ?? [];
    yield* this.#named.get(`user:${facts.user}`) ?? [];
  }
}

function keyOfFilter({ filter }: LakehouseSliSource): string | undefined {
  for (const field of ['table', 'source', 'user'] as const) {
    const pattern = filter[field];
    if (pattern !== undefined && isExact(pattern)) return `${field}:${pattern}`;
  }
  return undefined;
}
