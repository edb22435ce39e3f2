import { z } from 'zod';
import { tableName } from '../trino/literals';
import type { TrinoQueries } from '../trino/TrinoQueries';

const ASK_EVERY_MS = 60_000;
const MIN_TTL_MS = 10_000;
const MAX_TTL_MS = 10 * 60_000;
/** What did not change for an hour is good for six minutes more. */
const TTL_SHARE_OF_AGE = 0.1;

const row = z
  .tuple([z.string().nullable()])
  .transform(([at]) => (at === null ? undefined : Date.parse(`${at}Z`)));

/**
 * How long answers stay good: the longer ago the table was written, the less
 * likely it is to change soon. A table that does not tell, because it is no
 * Iceberg table, gets the shortest time.
 */
export class Freshness {
  readonly #queries: Pick<TrinoQueries, 'rows'>;
  readonly #table: string;
  readonly #now: () => number;
  readonly #onError: (error: unknown) => void;
  #asked:
    | { atMs: number; writtenAtMs: Promise<number | undefined> }
    | undefined;

  static create(options: {
    queries: Pick<TrinoQueries, 'rows'>;
    table: string;
    onError: (error: unknown) => void;
    now?: () => number;
  }): Freshness {
    return new Freshness(options);
  }

  private constructor(options: Parameters<typeof Freshness.create>[0]) {
    this.#queries = options.queries;
    this.#table = options.table;
    this.#onError = options.onError;
    this.#now = options.now ?? Date.now;
  }

  async ttlMs(): Promise<number> {
    const writtenAtMs = await this.#writtenAt();
    if (writtenAtMs === undefined) return MIN_TTL_MS;
    const ageMs = this.#now() - writtenAtMs;
    return Math.min(MAX_TTL_MS, Math.max(MIN_TTL_MS, ageMs * TTL_SHARE_OF_AGE));
  }

  #writtenAt(): Promise<number | undefined> {
    const nowMs = this.#now();
    if (!this.#asked || nowMs - this.#asked.atMs >= ASK_EVERY_MS) {
      this.#asked = { atMs: nowMs, writtenAtMs: this.#ask() };
    }
    return this.#asked.writtenAtMs;
  }

  async #ask(): Promise<number | undefined> {
    const snapshots = tableName(this.#table, '$snapshots');
    try {
      const [writtenAtMs] = await this.#queries.rows(
        `SELECT CAST(CAST(max(committed_at) AT TIME ZONE 'UTC' AS timestamp(3)) AS varchar) FROM ${snapshots}`,
        row,
      );
      return Number.isNaN(writtenAtMs) ? undefined : writtenAtMs;
    } catch (error) {
      this.#onError(error);
      return undefined;
    }
  }
}
