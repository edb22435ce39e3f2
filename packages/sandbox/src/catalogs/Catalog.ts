import { type TableUse } from '../cluster/Work';
import { type Relation } from '../sql/Relation';
import { type SqlRow } from '../sql/SqlValue';
import { type LakeTable } from '../world/LakeTable';
import { type TableColumn } from '../world/TableColumn';

/** A table as a statement finds it. */
export interface ResolvedTable {
  columns: TableColumn[];
  relation: Relation;
  /** What the completed event says of reading it. */
  use: TableUse;
  /** Set for a table of files, not for its metadata tables. */
  lake?: LakeTable;
}

export interface TableListing {
  name: string;
  comment?: string;
  columns: TableColumn[];
}

/** Who asks: some system tables show only what the user may see. */
export interface Viewer {
  user: string;
}

export interface Catalog {
  readonly name: string;
  readonly connector: string;
  schemas(): string[];
  tables(schema: string): TableListing[];
  find(
    schema: string,
    table: string,
    viewer: Viewer,
  ): ResolvedTable | undefined;
}

export interface VirtualTable {
  catalog: string;
  connector: string;
  schema: string;
  table: string;
  columns: TableColumn[];
  rows: () => SqlRow[];
}

const BYTES_PER_CELL = 16;

/** A table computed when it is read, such as a metadata table. */
export function virtualTable(options: VirtualTable): ResolvedTable {
  const { catalog, connector, schema, table, columns } = options;
  const rows = options.rows();
  const qualifier = [catalog, schema, table];
  return {
    columns,
    relation: {
      fields: columns.map(({ name, type }) => ({ name, type, qualifier })),
      rows: () => rows,
      rowCount: BigInt(rows.length),
    },
    use: {
      connector,
      catalog,
      schema,
      table,
      columns,
      rows: rows.length,
      bytes: rows.length * columns.length * BYTES_PER_CELL,
    },
  };
}
