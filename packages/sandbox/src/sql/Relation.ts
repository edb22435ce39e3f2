import { type Field } from './Scope';
import { type SqlRow } from './SqlValue';

/**
 * Rows to read from: a table, a subquery or a join. A relation too big to
 * read whole offers a sample; sorting, filtering, grouping and joining work
 * on that, with counts and sums scaled up, so no query can stall the server.
 */
export interface Relation {
  fields: Field[];
  rows(): Iterable<SqlRow>;
  /** Number of rows when it is known without reading them. */
  rowCount?: bigint;
  sample?: Sample;
  /** Rows come as they are asked for: the first one needs no full read. */
  lazy?: boolean;
}

export interface Sample {
  rows(): Iterable<SqlRow>;
  /** How many rows each row of the sample stands for. */
  scale: bigint;
}

/** The rows to read for work that needs to see all of them. */
export function boundedRows(relation: Relation): Sample {
  return relation.sample ?? { rows: () => relation.rows(), scale: 1n };
}
