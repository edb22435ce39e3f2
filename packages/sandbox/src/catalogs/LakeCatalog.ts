import { totalBytes } from '../world/DataFile';
import { DeltaTable } from '../world/DeltaTable';
import { IcebergTable } from '../world/IcebergTable';
import {
  type CommitContext,
  type LakeTable,
  type LakeTableOptions,
} from '../world/LakeTable';
import {
  type Catalog,
  type ResolvedTable,
  type TableListing,
  virtualTable,
} from './Catalog';
import { deltaMetadata } from './deltaMetadata';
import { icebergMetadata, type MetadataTable } from './icebergMetadata';

function metadataOf(
  table: LakeTable,
  suffix: string,
): MetadataTable | undefined {
  if (table instanceof IcebergTable) {
    return icebergMetadata(table, suffix);
  }
  return table instanceof DeltaTable ? deltaMetadata(table, suffix) : undefined;
}

/** A catalog of tables made of files, in memory. */
export class LakeCatalog implements Catalog {
  private readonly tablesBySchema = new Map<string, Map<string, LakeTable>>();

  private constructor(
    readonly name: string,
    readonly connector: 'iceberg' | 'delta_lake',
  ) {}

  static create(
    name: string,
    connector: 'iceberg' | 'delta_lake',
  ): LakeCatalog {
    return new LakeCatalog(name, connector);
  }

  schemas(): string[] {
    return [...this.tablesBySchema.keys()].sort();
  }

  tables(schema: string): TableListing[] {
    return this.lakeTables(schema).map(({ name, columns, comment }) => ({
      name: name.table,
      columns,
      comment,
    }));
  }

  lakeTables(schema: string): LakeTable[] {
    return [...(this.tablesBySchema.get(schema)?.values() ?? [])].sort((a, b) =>
      a.name.table < b.name.table ? -1 : 1,
    );
  }

  hasSchema(schema: string): boolean {
    return this.tablesBySchema.has(schema);
  }

  createSchema(schema: string): void {
    this.tablesBySchema.set(schema, new Map());
  }

  dropSchema(schema: string): void {
    this.tablesBySchema.delete(schema);
  }

  lakeTable(schema: string, table: string): LakeTable | undefined {
    return this.tablesBySchema.get(schema)?.get(table);
  }

  createTable(options: LakeTableOptions, context: CommitContext): LakeTable {
    const { schema, table } = options.name;
    const created =
      this.connector === 'iceberg'
        ? IcebergTable.create(options, context)
        : DeltaTable.create(options, context);
    this.tablesBySchema.get(schema)?.set(table, created);
    return created;
  }

  dropTable(schema: string, table: string): void {
    this.tablesBySchema.get(schema)?.delete(table);
  }

  find(schema: string, table: string): ResolvedTable | undefined {
    const lake = this.lakeTable(schema, table);
    if (lake) {
      return this.resolved(lake);
    }
    const at = table.lastIndexOf('$');
    const base =
      at > 0 ? this.lakeTable(schema, table.slice(0, at)) : undefined;
    const suffix = table.slice(at + 1);
    const metadata = base && metadataOf(base, suffix);
    return (
      metadata &&
      virtualTable({
        catalog: this.name,
        connector: this.connector,
        schema,
        table,
        ...metadata,
      })
    );
  }

  private resolved(lake: LakeTable): ResolvedTable {
    const data = lake.files.filter(file => file.content === 0);
    return {
      columns: lake.columns,
      relation: lake.relation(),
      lake,
      use: {
        connector: this.connector,
        catalog: this.name,
        schema: lake.name.schema,
        table: lake.name.table,
        columns: lake.columns,
        snapshotId: lake.currentCommit,
        records: lake.records,
        dataFiles: data.length,
        deleteFiles: lake.files.length - data.length,
        bytes: totalBytes(lake.files),
        rows: lake.records,
      },
    };
  }
}
