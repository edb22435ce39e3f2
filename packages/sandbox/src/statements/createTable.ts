import { noSuchTable } from '../catalogs/Catalogs';
import { INFORMATION_SCHEMA } from '../catalogs/informationSchema';
import { quoteName } from '../catalogs/quoteName';
import { type Work } from '../cluster/Work';
import { type Property, type Statement } from '../sql/ast';
import { planQuery } from '../sql/planQuery';
import { type SqlType, VARCHAR } from '../sql/SqlType';
import { TrinoError } from '../sql/TrinoError';
import { totalBytes } from '../world/DataFile';
import { type LakeTable } from '../world/LakeTable';
import { type TableName } from '../world/TableName';
import { type PartitionField, type TableColumn } from '../world/TableColumn';
import { rowsFor } from './insert';
import { rowCountWork, silentWork } from './rowCountWork';
import { resultColumns } from './select';
import { type StatementContext } from './StatementContext';

type CreateStatement = Extract<
  Statement,
  {
    kind:
      | 'createSchema'
      | 'dropSchema'
      | 'createTable'
      | 'createTableAs'
      | 'dropTable';
  }
>;

const LOCATION = { line: 1, column: 1 };
const CTAS_MS = 150;

function schemaName(name: string[], context: StatementContext) {
  const [schema, catalog = context.session.catalog] = [...name].reverse();
  if (catalog === undefined) {
    throw new TrinoError({
      name: 'MISSING_CATALOG_NAME',
      message: 'Catalog must be specified when session catalog is not set',
      location: LOCATION,
    });
  }
  return { catalog, schema };
}

function prepareSchema(
  statement: Extract<CreateStatement, { kind: 'createSchema' | 'dropSchema' }>,
  context: StatementContext,
): Work {
  const { catalog, schema } = schemaName(statement.name.parts, context);
  const lake = context.world.catalogs.lake(catalog, statement.name);
  const exists = lake.hasSchema(schema);
  const create = statement.kind === 'createSchema';
  const tolerated =
    statement.kind === 'createSchema'
      ? statement.ifNotExists
      : statement.ifExists;
  if (exists === create && !tolerated) {
    throw new TrinoError({
      name: create ? 'SCHEMA_ALREADY_EXISTS' : 'SCHEMA_NOT_FOUND',
      message: `Schema '${catalog}.${schema}' ${
        create ? 'already exists' : 'does not exist'
      }`,
      location: LOCATION,
    });
  }
  if (!create && exists && lake.lakeTables(schema).length > 0) {
    throw new TrinoError({
      name: 'SCHEMA_NOT_EMPTY',
      message: `Cannot drop non-empty schema '${schema}'`,
      location: LOCATION,
    });
  }
  return silentWork({
    queryType: 'DATA_DEFINITION',
    updateType: create ? 'CREATE SCHEMA' : 'DROP SCHEMA',
    context,
    apply() {
      if (create && !lake.hasSchema(schema)) {
        lake.createSchema(schema);
      } else if (!create) {
        lake.dropSchema(schema);
      }
    },
  });
}

/** `partitioning = ARRAY['a', 'day(b)']` or Delta's `partitioned_by`. */
function partitionFields(
  properties: Property[],
  columns: TableColumn[],
  context: StatementContext,
): PartitionField[] {
  const value =
    context.property(properties, 'partitioning') ??
    context.property(properties, 'partitioned_by');
  if (typeof value !== 'object' || value.kind !== 'array') {
    return [];
  }
  return value.items.map(item => {
    const match = /^(?:(day)\((\w+)\)|(.+))$/.exec(String(item).toLowerCase());
    const name = match?.[2] ?? match?.[3] ?? '';
    const column = columns.findIndex(c => c.name === name);
    if (column < 0) {
      throw new TrinoError({
        name: 'INVALID_TABLE_PROPERTY',
        message: `Unable to parse partitioning value: Cannot find source column: ${name}`,
      });
    }
    return match?.[1]
      ? { name: `${name}_day`, column, transform: 'day' }
      : { name, column, transform: 'identity' };
  });
}

/** Iceberg stores text unbounded and timestamps with microseconds. */
function storedType(type: SqlType): SqlType {
  if (type.kind === 'varchar' || type.kind === 'char') {
    return VARCHAR;
  }
  if (type.kind === 'timestamp') {
    return { ...type, precision: 6 };
  }
  return type.kind === 'tinyint' || type.kind === 'smallint'
    ? { kind: 'integer' }
    : type;
}

function checkFree(
  name: TableName,
  ifNotExists: boolean,
  context: StatementContext,
): boolean {
  const lake = context.world.catalogs.lake(name.catalog);
  if (name.schema === INFORMATION_SCHEMA || !lake.hasSchema(name.schema)) {
    throw new TrinoError({
      name: 'SCHEMA_NOT_FOUND',
      message: `Schema ${name.schema} not found`,
    });
  }
  const exists = lake.lakeTable(name.schema, name.table) !== undefined;
  if (exists && !ifNotExists) {
    throw new TrinoError({
      name: 'TABLE_ALREADY_EXISTS',
      message: `Table '${quoteName(name)}' already exists`,
      location: LOCATION,
    });
  }
  return !exists;
}

interface Definition {
  name: TableName;
  columns: TableColumn[];
  properties: Property[];
  comment?: string;
}

function createTable(
  definition: Definition,
  context: StatementContext,
): LakeTable {
  const { name, properties, comment } = definition;
  const columns = definition.columns.map(column => ({
    ...column,
    type: storedType(column.type),
  }));
  return context.world.catalogs.lake(name.catalog).createTable(
    {
      name,
      columns,
      comment,
      partitionFields: partitionFields(properties, columns, context),
      random: context.world.random,
    },
    context.commit(),
  );
}

function prepareTableAs(
  statement: Extract<CreateStatement, { kind: 'createTableAs' }>,
  context: StatementContext,
): Work {
  const name = context.world.catalogs.qualify(statement.name, context.viewer);
  context.world.catalogs.catalog(name.catalog, statement.name);
  const free = checkFree(name, statement.ifNotExists, context);
  const relation = planQuery(statement.query, context.plan());
  const columns = resultColumns(relation);
  const { properties, withData } = statement;
  partitionFields(properties, columns, context);
  return rowCountWork({
    queryType: 'INSERT',
    updateType: 'CREATE TABLE',
    context,
    cost: { ...context.cost(), runMs: CTAS_MS + context.cost().runMs },
    apply() {
      if (!free) {
        return { count: 0 };
      }
      const table = createTable({ name, columns, properties }, context);
      const rows = withData ? rowsFor(table, relation, table.columns) : [];
      const files = table.filesOf(rows);
      if (rows.length > 0) {
        table.append(files, context.commit());
        table.analyze(undefined, context.commit());
      }
      return {
        count: rows.length,
        cost: { writtenRows: rows.length, writtenBytes: totalBytes(files) },
      };
    },
  });
}

function prepareDrop(
  statement: Extract<CreateStatement, { kind: 'dropTable' }>,
  context: StatementContext,
): Work {
  const name = context.world.catalogs.qualify(statement.name, context.viewer);
  const lake = context.world.catalogs.lake(name.catalog, statement.name);
  if (!lake.lakeTable(name.schema, name.table) && !statement.ifExists) {
    throw noSuchTable(name, { ...statement.name, location: LOCATION });
  }
  return silentWork({
    queryType: 'DATA_DEFINITION',
    updateType: 'DROP TABLE',
    context,
    apply: () => lake.dropTable(name.schema, name.table),
  });
}

/** CREATE and DROP of schemas and tables. */
export function prepareCreate(
  statement: CreateStatement,
  context: StatementContext,
): Work {
  switch (statement.kind) {
    case 'createSchema':
    case 'dropSchema':
      return prepareSchema(statement, context);
    case 'createTableAs':
      return prepareTableAs(statement, context);
    case 'dropTable':
      return prepareDrop(statement, context);
    default: {
      const { columns, properties, comment, ifNotExists } = statement;
      const { catalogs } = context.world;
      const name = catalogs.qualify(statement.name, context.viewer);
      catalogs.catalog(name.catalog, statement.name);
      const free = checkFree(name, ifNotExists, context);
      partitionFields(properties, columns, context);
      return silentWork({
        queryType: 'DATA_DEFINITION',
        updateType: 'CREATE TABLE',
        context,
        apply() {
          if (free) {
            createTable({ name, columns, properties, comment }, context);
          }
        },
      });
    }
  }
}
