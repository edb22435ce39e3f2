import { type Cost, type TableUse, type Work } from '../cluster/Work';
import { BIGINT } from '../sql/SqlType';
import { type StatementContext } from './StatementContext';

export interface RowCountOptions {
  queryType: string;
  updateType: string;
  context: StatementContext;
  cost: Cost;
  output?: TableUse;
  inputs?: TableUse[];
  /** Changes the world; answers how many rows it touched, if it counts any. */
  apply(): { count?: number; cost?: Partial<Cost> };
}

/** Work that answers one column `rows`, with a row when something was counted. */
export function rowCountWork(options: RowCountOptions): Work {
  const { queryType, updateType, context, cost, output, apply } = options;
  return {
    queryType,
    updateType,
    columns: [{ name: 'rows', type: BIGINT }],
    cost,
    inputs: options.inputs ?? context.inputs,
    output,
    execute() {
      const { count, cost: actual } = apply();
      return {
        rows: count === undefined ? [] : [[BigInt(count)]],
        updateCount: count,
        cost: actual,
      };
    },
  };
}

/** Work without a result set, such as CREATE TABLE. */
export function silentWork(options: {
  queryType: string;
  updateType: string;
  context: StatementContext;
  headers?: [string, string][];
  output?: TableUse;
  apply?(): void;
}): Work {
  const { queryType, updateType, context, headers, output, apply } = options;
  return {
    queryType,
    updateType,
    headers,
    output,
    cost: context.cost({ lazy: true }),
    inputs: [],
    execute() {
      apply?.();
      return { rows: [] };
    },
  };
}
