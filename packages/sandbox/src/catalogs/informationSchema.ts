import { formatType } from '../sql/formatType';
import { BIGINT, VARCHAR } from '../sql/SqlType';
import { type SqlRow } from '../sql/SqlValue';
import { columns } from '../world/TableColumn';
import {
  type Catalog,
  type ResolvedTable,
  type TableListing,
  virtualTable,
} from './Catalog';

export const INFORMATION_SCHEMA = 'information_schema';

export const INFORMATION_TABLES: TableListing[] = [
  {
    name: 'columns',
    columns: columns(
      ['table_catalog', VARCHAR],
      ['table_schema', VARCHAR],
      ['table_name', VARCHAR],
      ['column_name', VARCHAR],
      ['ordinal_position', BIGINT],
      ['column_default', VARCHAR],
      ['is_nullable', VARCHAR],
      ['data_type', VARCHAR],
    ),
  },
  {
    name: 'schemata',
    columns: columns(['catalog_name', VARCHAR], ['schema_name', VARCHAR]),
  },
  {
    name: 'tables',
    columns: columns(
      ['table_catalog', VARCHAR],
      ['table_schema', VARCHAR],
      ['table_name', VARCHAR],
      ['table_type', VARCHAR],
    ),
  },
  {
    name: 'views',
    columns: columns(
      ['table_catalog', VARCHAR],
      ['table_schema', VARCHAR],
      ['table_name', VARCHAR],
      ['view_definition', VARCHAR],
    ),
  },
];

/** Schemas of a catalog with information_schema among them, sorted. */
export function schemasOf(catalog: Catalog): string[] {
  return [...catalog.schemas(), INFORMATION_SCHEMA].sort();
}

/** Tables of any schema of a catalog, information_schema's too. */
export function tablesOf(catalog: Catalog, schema: string): TableListing[] {
  return schema === INFORMATION_SCHEMA
    ? INFORMATION_TABLES
    : catalog.tables(schema);
}

function rowsOf(catalog: Catalog, table: string): SqlRow[] {
  const schemas = schemasOf(catalog);
  switch (table) {
    case 'schemata':
      return schemas.map(schema => [catalog.name, schema]);
    case 'tables':
      return schemas.flatMap(schema =>
        tablesOf(catalog, schema).map(({ name }) => [
          catalog.name,
          schema,
          name,
          'BASE TABLE',
        ]),
      );
    case 'columns':
      return schemas.flatMap(schema =>
        tablesOf(catalog, schema).flatMap(listing =>
          listing.columns.map((column, i) => [
            catalog.name,
            schema,
            listing.name,
            column.name,
            BigInt(i + 1),
            undefined,
            'YES',
            formatType(column.type),
          ]),
        ),
      );
    default:
      return [];
  }
}

/** A table of a catalog's information_schema. */
export function findInformationTable(
  catalog: Catalog,
  table: string,
): ResolvedTable | undefined {
  const listing = INFORMATION_TABLES.find(({ name }) => name === table);
  return (
    listing &&
    virtualTable({
      catalog: catalog.name,
      connector: catalog.connector,
      schema: INFORMATION_SCHEMA,
      table,
      columns: listing.columns,
      rows: () => rowsOf(catalog, table),
    })
  );
}
