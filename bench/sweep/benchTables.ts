import type { TableRef } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteMetadataTable,
  quoteTable,
  TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { mapConcurrently } from '../../plugins/lakehouse-backend/src/collectors/trino/tables/mapConcurrently';

const CATALOG = 'iceberg';
const SCHEMA = 'bench_sweep';

/** Tables of five small files each, made once and reused. */
export function benchTables(options: {
  connection: TrinoConnection;
  count: number;
  concurrency: number;
}) {
  const { connection, concurrency } = options;
  const refs: TableRef[] = Array.from({ length: options.count }, (_, i) => ({
    connection: connection.id,
    catalog: CATALOG,
    schema: SCHEMA,
    table: `t${String(i).padStart(3, '0')}`,
  }));
  const forEach = async (
    tables: readonly TableRef[],
    sql: (ref: TableRef) => string,
  ) => {
    const all = mapConcurrently(tables, {
      concurrency,
      run: ref => connection.query(sql(ref)),
    });
    for await (const result of all) {
      if (result.truncated) throw new Error('An answer was cut short.');
    }
  };

  return {
    refs,
    pattern: `${CATALOG}.${SCHEMA}.*`,

    /** Returns how many were made. */
    async ensure(): Promise<number> {
      await connection.query(
        `CREATE SCHEMA IF NOT EXISTS ${CATALOG}.${SCHEMA}`,
      );
      const { rows } = await connection.query(
        `SELECT table_name FROM ${CATALOG}.information_schema.tables WHERE table_schema = '${SCHEMA}'`,
      );
      const there = new Set(rows.map(row => row.table_name));
      const missing = refs.filter(({ table }) => !there.has(table));
      await forEach(
        missing,
        ref =>
          `CREATE TABLE ${quoteTable(
            ref,
          )} WITH (partitioning = ARRAY['regionkey']) AS SELECT * FROM tpch.tiny.nation`,
      );
      return missing.length;
    },

    change(tables: readonly TableRef[]): Promise<void> {
      return forEach(
        tables,
        ref =>
          `INSERT INTO ${quoteTable(
            ref,
          )} SELECT * FROM tpch.tiny.nation WHERE nationkey = 7`,
      );
    },

    /** The reference: what each table's files come to, a statement each. */
    readFiles(): Promise<void> {
      return forEach(
        refs,
        ref =>
          `SELECT count(*), sum(file_size_in_bytes) FROM ${quoteMetadataTable(
            ref,
            'files',
          )}`,
      );
    },
  };
}
