import { type SqlType } from '../sql/SqlType';
import { type SqlRow } from '../sql/SqlValue';
import { type TrinoError } from '../sql/TrinoError';

export interface ResultColumn {
  name: string;
  type: SqlType;
}

/** A table that a query reads or writes, as its completed event names it. */
export interface TableUse {
  connector: string;
  catalog: string;
  schema: string;
  table: string;
  columns: ResultColumn[];
  snapshotId?: bigint;
  records?: number;
  dataFiles?: number;
  deleteFiles?: number;
  bytes: number;
  rows: number;
}

/** How much a query takes; what its statistics are derived from. */
export interface Cost {
  runMs: number;
  cpuMs: number;
  peakMemoryBytes: number;
  inputRows: number;
  inputBytes: number;
  writtenRows: number;
  writtenBytes: number;
  spilledBytes: number;
}

export interface WorkResult {
  rows: Iterable<SqlRow>;
  updateCount?: number;
  /** Where the work's own figures come from what it really did. */
  cost?: Partial<Cost>;
}

/** A statement made ready: what it answers, costs and does when it is done. */
export interface Work {
  queryType: string;
  updateType?: string;
  columns?: ResultColumn[];
  cost: Cost;
  inputs: TableUse[];
  output?: TableUse;
  routines?: string[];
  /** Headers for the client, such as X-Trino-Set-Session. */
  headers?: [string, string][];
  /** Called when the run time is over; the world changes here. */
  execute(): WorkResult;
  /** Ends the query with this failure instead. */
  failure?: TrinoError;
}

export const NO_COST: Cost = {
  runMs: 0,
  cpuMs: 0,
  peakMemoryBytes: 0,
  inputRows: 0,
  inputBytes: 0,
  writtenRows: 0,
  writtenBytes: 0,
  spilledBytes: 0,
};
