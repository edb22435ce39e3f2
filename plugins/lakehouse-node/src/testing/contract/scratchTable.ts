import { randomBytes } from 'node:crypto';
import { quoteTable, TrinoTableName } from '../../connections/trino';
import type { TrinoContractTarget } from '../TrinoContractTarget';

/**
 * Makes an Iceberg table with an odd name and two data files, and drops it after use.
 */
export async function withScratchTable(
  target: TrinoContractTarget,
  use: (table: TrinoTableName, sql: string) => Promise<void>,
): Promise<void> {
  const connection = target.connect('admin');
  const table = {
    ...target.scratch,
    table: `contract "${randomBytes(4).toString('hex')}" ü`,
  };
  const sql = quoteTable(table);
  await connection.query(
    `CREATE TABLE ${sql} (id bigint, name varchar, day date) WITH (partitioning = ARRAY['day'])`,
  );
  try {
    await connection.query(
      `INSERT INTO ${sql} VALUES (1, 'one', DATE '2026-01-01')`,
    );
    await connection.query(
      `INSERT INTO ${sql} VALUES (2, 'two', DATE '2026-01-01')`,
    );
    await use(table, sql);
  } finally {
    await connection.query(`DROP TABLE ${sql}`);
  }
}
