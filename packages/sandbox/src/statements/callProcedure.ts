import { checkCanCallKill } from '../cluster/AccessControl';
import { killByProcedure } from '../cluster/killQuery';
import { type Work } from '../cluster/Work';
import { type Statement } from '../sql/ast';
import { TrinoError } from '../sql/TrinoError';
import { procedureArguments } from './procedureArguments';
import { silentWork } from './rowCountWork';
import { type StatementContext } from './StatementContext';

/** CALL system.runtime.kill_query, the only procedure there is. */
export function prepareCall(
  statement: Extract<Statement, { kind: 'callProcedure' }>,
  context: StatementContext,
): Work {
  const { catalog, schema, table } = context.world.catalogs.qualify(
    statement.name,
    context.viewer,
  );
  context.world.catalogs.catalog(catalog, statement.name);
  if (catalog !== 'system' || schema !== 'runtime' || table !== 'kill_query') {
    throw new TrinoError({
      name: 'PROCEDURE_NOT_FOUND',
      message: `Procedure not registered: ${schema}.${table}`,
    });
  }
  const [queryId, message] = procedureArguments(
    statement.args,
    [
      { name: 'query_id', required: true },
      { name: 'message', required: false },
    ],
    context,
  );
  checkCanCallKill(context.session.user);
  return silentWork({
    queryType: 'CALL',
    updateType: 'CALL',
    context,
    apply() {
      killByProcedure(context.world.queries, {
        user: context.session.user,
        queryId: String(queryId),
        message: String(message ?? ''),
      });
    },
  });
}
