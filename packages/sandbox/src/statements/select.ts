import { type ResultColumn, type Work } from '../cluster/Work';
import { type Query, type Statement } from '../sql/ast';
import { planQuery } from '../sql/planQuery';
import { type Relation } from '../sql/Relation';
import { VARCHAR } from '../sql/SqlType';
import { type StatementContext } from './StatementContext';

/** Columns as clients see them: without a name they are `_col0` and so on. */
export function resultColumns(relation: Relation): ResultColumn[] {
  return relation.fields.map(({ name, type }, i) => ({
    name: name ?? `_col${i}`,
    type,
  }));
}

export function prepareSelect(query: Query, context: StatementContext): Work {
  const relation = planQuery(query, context.plan());
  return {
    queryType: 'SELECT',
    columns: resultColumns(relation),
    cost: context.cost({ lazy: relation.lazy }),
    inputs: context.inputs,
    execute: () => ({ rows: relation.rows() }),
  };
}

export function prepareExplain(
  statement: Extract<Statement, { kind: 'explain' }>,
  context: StatementContext,
): Work {
  if (statement.statement.kind === 'select') {
    planQuery(statement.statement.query, context.plan());
  }
  const tables = context.inputs.map(
    use =>
      `    TableScan[table = ${use.catalog}:${use.schema}.${use.table}]\n` +
      `        Estimates: {rows: ${use.rows}, memory: 0B, network: 0B}`,
  );
  const text = [
    `Trino version: ${context.world.version}`,
    'Fragment 0 [SINGLE]',
    '    Output partitioning: SINGLE []',
    ...tables,
    '',
  ].join('\n');
  return {
    queryType: 'EXPLAIN',
    columns: [{ name: 'Query Plan', type: VARCHAR }],
    cost: context.cost({ lazy: !statement.analyze }),
    inputs: context.inputs,
    execute: () => ({ rows: [[text]] }),
  };
}
