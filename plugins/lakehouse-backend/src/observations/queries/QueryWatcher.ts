import type { Knex } from 'knex';

/** What a batch did to the queries of a connection. */
export interface QueryChanges {
  /** Called once in the transaction, after the batch was written. */
  done(written: {
    /** The connection's rows of the batch as they stand now, with {@link QueryWatcher.returning}. */
    readonly rows: readonly unknown[];
    /** Tables that the batch itself told of. */
    readonly tablesOf: (queryId: string) => readonly string[];
  }): Promise<void>;
}

/** Follows how queries change, in the very transactions that change them. */
export interface QueryWatcher {
  /** Columns of `queries` that it wants to see. */
  readonly returning: readonly string[];

  /**
   * Called before queries of a connection are written, connections in one
   * order. From then on no other transaction writes queries of that
   * connection until this one ends.
   *
   * @returns undefined when nobody wants to know
   */
  begin(
    trx: Knex.Transaction,
    connection: string,
    queryIds: readonly string[],
  ): Promise<QueryChanges | undefined>;

  /** Called before queries that were made before a time are deleted. */
  pruning(
    trx: Knex.Transaction,
    connection: string,
    beforeMs: number,
  ): Promise<void>;
}
