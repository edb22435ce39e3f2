import { type Query } from '../cluster/Query';
import { type Work } from '../cluster/Work';
import { type Statement } from '../sql/ast';
import { type Compiled, constant } from '../sql/Compiled';
import { ExpressionCompiler } from '../sql/ExpressionCompiler';
import { parseStatement } from '../sql/parseStatement';
import { Scope } from '../sql/Scope';
import { TrinoError } from '../sql/TrinoError';
import { type SandboxWorld } from '../world/SandboxWorld';
import { prepareAnalyze } from './analyze';
import { prepareCall } from './callProcedure';
import { prepareCreate } from './createTable';
import { prepareExplain } from './explain';
import { prepareDelete, prepareInsert } from './insert';
import { prepareSelect } from './select';
import { prepareSessionStatement } from './sessionStatements';
import { checkSessionProperties } from './sessionProperties';
import { prepareShow } from './show';
import { prepareShowStats } from './showStats';
import { StatementContext } from './StatementContext';
import { prepareTableExecute } from './tableExecute';

function prepareParsed(statement: Statement, context: StatementContext): Work {
  switch (statement.kind) {
    case 'select':
      return prepareSelect(statement.query, context);
    case 'explain':
      return prepareExplain(statement, context);
    case 'analyze':
      return prepareAnalyze(statement, context);
    case 'tableExecute':
      return prepareTableExecute(statement, context);
    case 'callProcedure':
      return prepareCall(statement, context);
    case 'insert':
      return prepareInsert(statement, context);
    case 'delete':
      return prepareDelete(statement, context);
    case 'createSchema':
    case 'dropSchema':
    case 'createTable':
    case 'createTableAs':
    case 'dropTable':
      return prepareCreate(statement, context);
    case 'execute':
      return prepareExecute(statement, context);
    case 'executeImmediate':
      return prepareBound(statement.sql, statement.using, context);
    case 'prepare':
    case 'deallocate':
    case 'setSession':
    case 'resetSession':
    case 'use':
      return prepareSessionStatement(statement, context);
    case 'showStats':
      return prepareShowStats(statement, context);
    default:
      return prepareShow(statement, context);
  }
}

function prepareExecute(
  statement: Extract<Statement, { kind: 'execute' }>,
  context: StatementContext,
): Work {
  const sql = context.session.preparedStatements.get(statement.name);
  if (sql === undefined) {
    throw new TrinoError({
      name: 'NOT_FOUND',
      message: `Prepared statement not found: ${statement.name}`,
    });
  }
  return prepareBound(sql, statement.using, context);
}

function prepareBound(
  sql: string,
  using: Extract<Statement, { kind: 'execute' }>['using'],
  context: StatementContext,
): Work {
  const compiler = ExpressionCompiler.create({
    scope: new Scope([]),
    context: context.plan(),
  });
  const parameters = using.map((expression): Compiled => {
    const compiled = compiler.compile(expression);
    return constant(compiled.evaluate([]), compiled.type);
  });
  return prepareParsed(
    parseStatement(sql),
    new StatementContext(context.world, context.query, parameters),
  );
}

/** Parses, checks and plans a query's statement. */
export function prepareStatement(query: Query, world: SandboxWorld): Work {
  checkSessionProperties(query.session.properties);
  return prepareParsed(
    parseStatement(query.sql),
    new StatementContext(world, query),
  );
}
