import { type ResultColumn, type Work } from '../cluster/Work';
import { type Query } from '../sql/ast';
import { planQuery } from '../sql/planQuery';
import { type Relation } from '../sql/Relation';
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
