import { type Work } from '../cluster/Work';
import { type Statement } from '../sql/ast';
import { parseStatement } from '../sql/parseStatement';
import { TrinoError } from '../sql/TrinoError';
import { silentWork } from './rowCountWork';
import { findSessionProperty } from './sessionProperties';
import { type StatementContext } from './StatementContext';

type SessionStatement = Extract<
  Statement,
  { kind: 'prepare' | 'deallocate' | 'setSession' | 'resetSession' | 'use' }
>;

function checkProperty(name: string): void {
  if (!findSessionProperty(name)) {
    throw new TrinoError({
      name: 'INVALID_SESSION_PROPERTY',
      message: `Session property '${name}' does not exist`,
      location: { line: 1, column: 1 },
    });
  }
}

function headersOf(
  statement: SessionStatement,
  context: StatementContext,
): [string, string][] {
  switch (statement.kind) {
    case 'prepare':
      parseStatement(statement.sql);
      return [
        [
          'X-Trino-Added-Prepare',
          `${encodeURIComponent(statement.name)}=${encodeURIComponent(
            statement.sql,
          )}`,
        ],
      ];
    case 'deallocate':
      return [
        ['X-Trino-Deallocated-Prepare', encodeURIComponent(statement.name)],
      ];
    case 'setSession': {
      checkProperty(statement.name);
      const value = String(context.constant(statement.value));
      return [
        [
          'X-Trino-Set-Session',
          `${statement.name}=${encodeURIComponent(value)}`,
        ],
      ];
    }
    case 'resetSession':
      checkProperty(statement.name);
      return [['X-Trino-Clear-Session', statement.name]];
    default: {
      const { catalog = context.session.catalog, schema } = statement;
      if (catalog === undefined) {
        throw new TrinoError({
          name: 'MISSING_CATALOG_NAME',
          message: 'Catalog must be specified when session catalog is not set',
          location: { line: 1, column: 1 },
        });
      }
      const found = context.world.catalogs.catalog(catalog);
      if (!context.world.catalogs.hasSchema(found, schema)) {
        throw new TrinoError({
          name: 'NOT_FOUND',
          message: `Schema does not exist: ${catalog}.${schema}`,
        });
      }
      return [
        ['X-Trino-Set-Catalog', catalog],
        ['X-Trino-Set-Schema', schema],
      ];
    }
  }
}

const UPDATE_TYPES = {
  prepare: 'PREPARE',
  deallocate: 'DEALLOCATE',
  setSession: 'SET SESSION',
  resetSession: 'RESET SESSION',
  use: 'USE',
};

/** Statements that only change the client's session, through headers. */
export function prepareSessionStatement(
  statement: SessionStatement,
  context: StatementContext,
): Work {
  return silentWork({
    queryType: 'DATA_DEFINITION',
    updateType: UPDATE_TYPES[statement.kind],
    context,
    headers: headersOf(statement, context),
  });
}
