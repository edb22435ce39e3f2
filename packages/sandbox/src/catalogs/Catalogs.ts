import { type QualifiedName } from '../sql/ast';
import { TrinoError } from '../sql/TrinoError';
import { type TableName } from '../world/TableName';
import { type Catalog, type ResolvedTable, type Viewer } from './Catalog';
import { findInformationTable, INFORMATION_SCHEMA } from './informationSchema';
import { LakeCatalog } from './LakeCatalog';
import { quoteName } from './quoteName';

export interface NameDefaults {
  catalog?: string;
  schema?: string;
}

/** The catalogs of the server and how names find tables in them. */
export class Catalogs {
  private readonly byName = new Map<string, Catalog>();

  add(catalog: Catalog): void {
    this.byName.set(catalog.name, catalog);
  }

  all(): Catalog[] {
    return [...this.byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  catalog(name: string, at?: QualifiedName): Catalog {
    const found = this.byName.get(name);
    if (!found) {
      throw new TrinoError({
        name: 'CATALOG_NOT_FOUND',
        message: `Catalog '${name}' not found`,
        location: at?.location,
      });
    }
    return found;
  }

  lake(name: string, at?: QualifiedName): LakeCatalog {
    const found = this.catalog(name, at);
    if (!(found instanceof LakeCatalog)) {
      throw new TrinoError({
        name: 'NOT_SUPPORTED',
        message: 'This connector does not support creating tables',
      });
    }
    return found;
  }

  /** A table's full name, completed from the session. */
  qualify(name: QualifiedName, defaults: NameDefaults): TableName {
    const parts = [...name.parts];
    const table = parts.pop() ?? '';
    const schema = parts.pop() ?? defaults.schema;
    const catalog = parts.pop() ?? defaults.catalog;
    if (schema === undefined) {
      throw new TrinoError({
        name: 'MISSING_SCHEMA_NAME',
        message: 'Schema must be specified when session schema is not set',
        location: name.location,
      });
    }
    if (catalog === undefined) {
      throw new TrinoError({
        name: 'MISSING_CATALOG_NAME',
        message: 'Catalog must be specified when session catalog is not set',
        location: name.location,
      });
    }
    return { catalog, schema, table };
  }

  hasSchema(catalog: Catalog, schema: string): boolean {
    return schema === INFORMATION_SCHEMA || catalog.schemas().includes(schema);
  }

  find(name: TableName, viewer: Viewer): ResolvedTable | undefined {
    const catalog = this.catalog(name.catalog);
    return name.schema === INFORMATION_SCHEMA
      ? findInformationTable(catalog, name.table)
      : catalog.find(name.schema, name.table, viewer);
  }

  /** Throws as the analyzer does when the name leads nowhere. */
  resolve(
    written: QualifiedName,
    defaults: NameDefaults & Viewer,
  ): ResolvedTable {
    const name = this.qualify(written, defaults);
    const catalog = this.catalog(name.catalog, written);
    const found = this.find(name, defaults);
    if (found) {
      return found;
    }
    if (!this.hasSchema(catalog, name.schema)) {
      throw new TrinoError({
        name: 'SCHEMA_NOT_FOUND',
        message: `Schema '${name.schema}' does not exist`,
        location: written.location,
      });
    }
    throw noSuchTable(name, written);
  }
}

export function noSuchTable(
  name: TableName,
  written?: QualifiedName,
): TrinoError {
  return new TrinoError({
    name: 'TABLE_NOT_FOUND',
    message: `Table '${quoteName(name)}' does not exist`,
    location: written?.location,
  });
}
