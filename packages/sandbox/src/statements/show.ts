import { schemasOf, tablesOf } from '../catalogs/informationSchema';
import { type ResultColumn, type Work } from '../cluster/Work';
import { type ShowStatement } from '../sql/ast';
import { formatType } from '../sql/formatType';
import { likePattern } from '../sql/likePattern';
import { VARCHAR } from '../sql/SqlType';
import { type SqlRow } from '../sql/SqlValue';
import { TrinoError } from '../sql/TrinoError';
import { SESSION_PROPERTIES } from './sessionProperties';
import { showCreateTable } from './showCreateTable';
import { type StatementContext } from './StatementContext';

type Show = Exclude<ShowStatement, { kind: 'showStats' }>;

const LOCATION = { line: 1, column: 1 };

function matching(names: string[], like: string | undefined): SqlRow[] {
  const pattern = like === undefined ? undefined : likePattern(like);
  return names
    .filter(name => pattern?.test(name) ?? true)
    .map((name): SqlRow => [name]);
}

function named(...names: string[]): ResultColumn[] {
  return names.map(name => ({ name, type: VARCHAR }));
}

/** As Trino: the one column of a list is as wide as its longest entry. */
function sized(name: string, rows: SqlRow[]): ResultColumn[] {
  const length = Math.max(0, ...rows.map(([text]) => String(text).length));
  return [{ name, type: { kind: 'varchar', length } }];
}

function showTables(
  statement: Extract<Show, { kind: 'showTables' }>,
  context: StatementContext,
): SqlRow[] {
  const parts = statement.schema?.parts ?? [];
  const [schema = context.session.schema, catalog = context.session.catalog] = [
    ...parts,
  ].reverse();
  if (catalog === undefined || schema === undefined) {
    throw new TrinoError({
      name:
        catalog === undefined ? 'MISSING_CATALOG_NAME' : 'MISSING_SCHEMA_NAME',
      message: `${
        catalog === undefined ? 'Catalog' : 'Schema'
      } must be specified when session ${
        catalog === undefined ? 'catalog' : 'schema'
      } is not set`,
      location: LOCATION,
    });
  }
  const found = context.world.catalogs.catalog(catalog);
  if (!context.world.catalogs.hasSchema(found, schema)) {
    throw new TrinoError({
      name: 'SCHEMA_NOT_FOUND',
      message: `Schema '${schema}' does not exist`,
      location: LOCATION,
    });
  }
  return matching(
    tablesOf(found, schema).map(table => table.name),
    statement.like,
  );
}

function showSchemas(
  statement: Extract<Show, { kind: 'showSchemas' }>,
  context: StatementContext,
): SqlRow[] {
  const { catalog = context.session.catalog } = statement;
  if (catalog === undefined) {
    throw new TrinoError({
      name: 'MISSING_CATALOG_NAME',
      message: 'Catalog must be specified when session catalog is not set',
      location: LOCATION,
    });
  }
  return matching(
    schemasOf(context.world.catalogs.catalog(catalog)),
    statement.like,
  );
}

function showSession(
  statement: Extract<Show, { kind: 'showSession' }>,
  context: StatementContext,
): SqlRow[] {
  const { like } = statement;
  const pattern = like === undefined ? undefined : likePattern(like);
  return SESSION_PROPERTIES.filter(p => pattern?.test(p.name) ?? true).map(
    ({ name, defaultValue, type, description }) => [
      name,
      context.session.properties.get(name) ?? defaultValue,
      defaultValue,
      type,
      description,
    ],
  );
}

function answer(
  statement: Show,
  context: StatementContext,
): { columns: ResultColumn[]; rows: SqlRow[] } {
  switch (statement.kind) {
    case 'showCatalogs': {
      const names = context.world.catalogs.all().map(({ name }) => name);
      const rows = matching(names, statement.like);
      return { columns: sized('Catalog', rows), rows };
    }
    case 'showSchemas': {
      const rows = showSchemas(statement, context);
      return { columns: named('Schema'), rows };
    }
    case 'showTables': {
      const rows = showTables(statement, context);
      return { columns: named('Table'), rows };
    }
    case 'showColumns': {
      const { columns } = context.target(statement.table, LOCATION);
      const rows = columns.map(
        ({ name, type, comment }): SqlRow => [
          name,
          formatType(type),
          '',
          comment ?? '',
        ],
      );
      return { columns: named('Column', 'Type', 'Extra', 'Comment'), rows };
    }
    case 'showCreateTable': {
      const rows = [
        [showCreateTable(context.lakeTarget(statement.table, LOCATION))],
      ];
      return { columns: sized('Create Table', rows), rows };
    }
    default: {
      const rows = showSession(statement, context);
      const columns = named('Name', 'Value', 'Default', 'Type', 'Description');
      return { columns, rows };
    }
  }
}

/** SHOW and DESCRIBE; an unknown name fails before anything runs. */
export function prepareShow(statement: Show, context: StatementContext): Work {
  const { columns, rows } = answer(statement, context);
  return {
    queryType: statement.kind === 'showColumns' ? 'DESCRIBE' : 'SELECT',
    columns,
    cost: context.cost({ lazy: true }),
    inputs: [],
    execute: () => ({ rows }),
  };
}
