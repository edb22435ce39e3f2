import type { Gap, QueryState } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  describeTrinoError,
  TrinoConnection,
  TrinoListedQuery,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { gapFromError } from '../gaps';
import { readSystemQueries } from './readSystemQueries';

/** How long the SQL fallback is used before `/v1/query` is tried again. */
const RETRY_ENDPOINT_MS = 5 * 60_000;

export interface ListedQueries {
  readonly queries: TrinoListedQuery[];
  /** Set when the list is less than it should be. */
  readonly gap?: Gap;
}

/** The coordinator's query list by the cheapest way that is permitted. */
export class QueryList {
  #fallback: { gap: Gap; since: number } | undefined;

  private constructor(
    private readonly connection: TrinoConnection,
    private readonly now: () => number,
  ) {}

  static create(options: {
    connection: TrinoConnection;
    now: () => number;
  }): QueryList {
    return new QueryList(options.connection, options.now);
  }

  async list(options: {
    states?: readonly QueryState[];
    signal: AbortSignal;
  }): Promise<ListedQueries> {
    if (
      this.#fallback &&
      this.now() - this.#fallback.since < RETRY_ENDPOINT_MS
    ) {
      return this.#listBySql(options, this.#fallback.gap);
    }
    try {
      const queries = await this.connection.listQueries(options);
      this.#fallback = undefined;
      return { queries };
    } catch (error) {
      const { code } = describeTrinoError(error);
      if (code !== 'forbidden' && code !== 'not-found') throw error;
      const gap = gapFromError({
        connection: this.connection.id,
        subject: 'queries',
        at: new Date(this.now()).toISOString(),
        error,
        instead:
          'read from system.runtime.queries, which tells neither CPU time nor memory nor input',
      });
      const listed = await this.#listBySql(options, gap);
      this.#fallback = { gap, since: this.now() };
      return listed;
    }
  }

  async #listBySql(
    options: { states?: readonly QueryState[]; signal: AbortSignal },
    gap: Gap,
  ): Promise<ListedQueries> {
    const queries = await readSystemQueries({
      connection: this.connection,
      ...options,
    });
    return { queries, gap };
  }
}
