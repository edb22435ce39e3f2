import type {
  TrinoConnection,
  TrinoStatementOptions,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';

const READ_TIMEOUT_MS = 60_000;

/** A 64-bit whole number: an id. */
export const idValue = z.union([z.string(), z.number()]).transform(String);

/** A count or size; null and absent alike are unknown. */
export const numberValue = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform(value =>
    value === null || value === undefined || value === ''
      ? undefined
      : Number(value),
  )
  .refine(value => value === undefined || Number.isFinite(value));

/** Runs a statement that only reads, and reads each row of its answer. */
export async function readRows<T extends z.ZodType>(
  connection: TrinoConnection,
  read: {
    sql: string;
    row: T;
    signal: AbortSignal;
    options?: TrinoStatementOptions;
  },
): Promise<Array<z.output<T>>> {
  const { rows } = await connection.query(read.sql, {
    timeoutMs: READ_TIMEOUT_MS,
    ...read.options,
    signal: read.signal,
  });
  return rows.map(row => read.row.parse(row));
}
