import { type Work } from '../cluster/Work';
import { type Statement } from '../sql/ast';
import { TrinoError } from '../sql/TrinoError';
import { rowCountWork } from './rowCountWork';
import { type StatementContext } from './StatementContext';

function columnNames(
  statement: Extract<Statement, { kind: 'analyze' }>,
  context: StatementContext,
): string[] | undefined {
  for (const { name } of statement.properties) {
    if (name.toLowerCase() !== 'columns') {
      throw new TrinoError({
        name: 'INVALID_ANALYZE_PROPERTY',
        message: `line 1:1: Catalog 'iceberg' analyze property '${name}' does not exist`,
      });
    }
  }
  const value = context.property(statement.properties, 'columns');
  return typeof value === 'object' && value.kind === 'array'
    ? value.items.map(String)
    : undefined;
}

/** ANALYZE: reads the whole table, then writes its column statistics. */
export function prepareAnalyze(
  statement: Extract<Statement, { kind: 'analyze' }>,
  context: StatementContext,
): Work {
  const found = context.target(statement.table, { column: 1 });
  const columns = columnNames(statement, context);
  const unknown = columns?.filter(
    name => !found.columns.some(column => column.name === name),
  );
  if (columns && unknown && unknown.length > 0) {
    throw new TrinoError({
      name: 'INVALID_ANALYZE_PROPERTY',
      message: `Invalid columns specified for analysis: [${unknown.join(
        ', ',
      )}]`,
    });
  }
  context.inputs.push(found.use);
  return rowCountWork({
    queryType: 'ANALYZE',
    updateType: 'ANALYZE',
    context,
    cost: { ...context.cost(), runMs: Math.max(400, context.cost().runMs) },
    output: found.use,
    apply() {
      found.lake?.analyze(columns, context.commit());
      return { count: found.use.rows };
    },
  });
}
