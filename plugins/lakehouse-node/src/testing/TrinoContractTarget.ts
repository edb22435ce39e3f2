import type { TrinoConnection, TrinoTableName } from '../connections/trino';

/**
 * Who the contract acts as. `admin` may do everything; `monitor` may view all
 * queries and read system information, but kill none; `bob` may view and kill queries
 * of alice; `alice` may do nothing with queries of others.
 *
 * @public
 */
export type TrinoContractUser = 'admin' | 'monitor' | 'alice' | 'bob';

/** One server that is to keep the contract. @public */
export interface TrinoContractTarget {
  /** The same connection each time that the same person is asked for; names may differ from these. */
  connect(user: TrinoContractUser): TrinoConnection;
  /** An Iceberg schema in which tables may be made and dropped. */
  readonly scratch: { readonly catalog: string; readonly schema: string };
  /** A table with at least one row, whose name holds quotes, dots, `$`, spaces and more than ASCII. */
  readonly oddTable: TrinoTableName;
  /** A SELECT that runs for more than a minute when nobody ends it. */
  readonly longSql: string;
  /** A SELECT of exactly 30,000 rows of at least two columns. */
  readonly manyRowsSql: string;
  close(): Promise<void>;
}
