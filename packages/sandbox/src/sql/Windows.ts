import { type Aggregate } from './aggregateFunctions';
import { type OrderItem } from './ast';
import { listKey } from './compareValues';
import { type Compiled } from './Compiled';
import { compareKeys } from './compareKeys';
import { type SqlRow, type SqlValue } from './SqlValue';

export interface WindowCall {
  /** A ranking function's name, or the aggregate that runs over the window. */
  compute: 'row_number' | 'rank' | 'dense_rank' | Aggregate;
  partitionBy: Compiled[];
  orderBy: { compiled: Compiled; item: OrderItem }[];
}

/** The values of a query's window functions, by the row they belong to. */
export class Windows {
  readonly calls: WindowCall[] = [];
  private readonly values = new WeakMap<SqlRow, SqlValue[]>();

  valueOf(row: SqlRow, call: number): SqlValue {
    return this.values.get(row)?.[call];
  }

  /** Computes every call over all rows; they must be in memory. */
  compute(rows: SqlRow[]): void {
    rows.forEach(row => this.values.set(row, []));
    this.calls.forEach((call, index) => this.computeCall(call, index, rows));
  }

  private computeCall(call: WindowCall, index: number, rows: SqlRow[]): void {
    const partitions = new Map<string, SqlRow[]>();
    for (const row of rows) {
      const key = listKey(call.partitionBy.map(e => e.evaluate(row)));
      const partition = partitions.get(key) ?? [];
      partitions.set(key, partition);
      partition.push(row);
    }
    for (const partition of partitions.values()) {
      this.computePartition(call, index, partition);
    }
  }

  private computePartition(
    call: WindowCall,
    index: number,
    rows: SqlRow[],
  ): void {
    const items = call.orderBy.map(({ item }) => item);
    const sorted = rows.map(row => ({
      row,
      keys: call.orderBy.map(({ compiled }) => compiled.evaluate(row)),
    }));
    sorted.sort((a, b) => compareKeys(items, a.keys, b.keys));
    const { compute } = call;
    const state = typeof compute === 'object' ? compute.create() : undefined;
    let denseRank = 0;
    for (let from = 0; from < sorted.length; ) {
      const to = endOfPeers(sorted, items, from);
      const peers = sorted.slice(from, to).map(({ row }) => row);
      denseRank++;
      if (typeof compute === 'object') {
        const { args } = compute;
        peers.forEach(row => state?.add(args.map(arg => arg.evaluate(row))));
      }
      for (const [i, row] of peers.entries()) {
        const values = this.values.get(row) ?? [];
        values[index] =
          typeof compute === 'object'
            ? state?.result()
            : BigInt(
                {
                  row_number: from + i + 1,
                  rank: from + 1,
                  dense_rank: denseRank,
                }[compute],
              );
      }
      from = to;
    }
  }
}

/** Rows that sort alike share a rank, and a running total ends with them. */
function endOfPeers(
  sorted: { keys: SqlRow }[],
  items: OrderItem[],
  from: number,
): number {
  let to = from + 1;
  while (
    to < sorted.length &&
    compareKeys(items, sorted[from].keys, sorted[to].keys) === 0
  ) {
    to++;
  }
  return to;
}
