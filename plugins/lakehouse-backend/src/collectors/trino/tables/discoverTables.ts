import type {
  TableHealth,
  TableRef,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  quoteIdentifier,
  quoteString,
  TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { values } from '../values';
import { mayInclude } from './tablePatterns';

/** Names read of one catalog. */
const MAX_NAMES = 100_000;

export interface DiscoveredTable {
  readonly ref: TableRef;
  readonly format: TableHealth['format'];
}

/** What a catalog holds, or why that is not known. */
export interface CatalogTables {
  readonly catalog: string;
  readonly tables: readonly DiscoveredTable[];
  /** There are more than were read. */
  readonly truncated: boolean;
  readonly error?: unknown;
}

const FORMAT_BY_CONNECTOR: ReadonlyMap<string, TableHealth['format']> = new Map(
  [
    ['iceberg', 'iceberg'],
    ['delta_lake', 'delta'],
  ],
);

/** Undefined for a catalog of another kind, or unknown. */
export async function formatOfCatalog(
  connection: TrinoConnection,
  catalog: string,
): Promise<TableHealth['format'] | undefined> {
  const { catalogs } = await connection.capabilities();
  const found = catalogs.find(({ name }) => name === catalog);
  return found && FORMAT_BY_CONNECTOR.get(found.connector);
}

const rowSchema = z.object({
  table_schema: values.text,
  table_name: values.text,
});

/** The tables of all Iceberg and Delta catalogs that a pattern may name, views left out. */
export async function discoverTables(options: {
  connection: TrinoConnection;
  include: readonly string[];
  signal: AbortSignal;
}): Promise<CatalogTables[]> {
  const { catalogs } = await options.connection.capabilities();
  return Promise.all(
    catalogs.flatMap(({ name, connector }) => {
      const format = FORMAT_BY_CONNECTOR.get(connector);
      return format && mayInclude(options.include, name)
        ? [discoverCatalog({ ...options, catalog: name, format })]
        : [];
    }),
  );
}

async function discoverCatalog(options: {
  connection: TrinoConnection;
  catalog: string;
  format: TableHealth['format'];
  signal: AbortSignal;
}): Promise<CatalogTables> {
  const { connection, catalog, format, signal } = options;
  try {
    // information_schema calls a materialized view a base table (seen on Trino 476).
    const { rows, truncated } = await connection.query(
      `SELECT table_schema, table_name
FROM ${quoteIdentifier(catalog)}.information_schema.tables
WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('information_schema', 'system')
EXCEPT
SELECT schema_name, name FROM system.metadata.materialized_views
WHERE catalog_name = ${quoteString(catalog)}`,
      { signal, maxRows: MAX_NAMES, onLimit: 'truncate' },
    );
    return {
      catalog,
      truncated,
      tables: rows.map(row => {
        const { table_schema: schema, table_name: table } =
          rowSchema.parse(row);
        return {
          ref: { connection: connection.id, catalog, schema, table },
          format,
        };
      }),
    };
  } catch (error) {
    return { catalog, tables: [], truncated: false, error };
  }
}
