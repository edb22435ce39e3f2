import { type Expression } from '../sql/ast';
import { ExpressionCompiler } from '../sql/ExpressionCompiler';
import { Scope } from '../sql/Scope';
import { type SqlValue } from '../sql/SqlValue';
import { TrinoError } from '../sql/TrinoError';
import { type LakeTable } from '../world/LakeTable';
import { type StatementContext } from './StatementContext';

function namesIn(expression: Expression): string[] {
  const names: string[] = [];
  JSON.stringify(expression, (_key, value) => {
    if (value?.kind === 'name' && Array.isArray(value.parts)) {
      names.push(String(value.parts.at(-1)).toLowerCase());
    }
    return typeof value === 'bigint' ? String(value) : value;
  });
  return names;
}

/**
 * The WHERE of OPTIMIZE as a test of partition values. Trino only accepts
 * conditions that the partitioning can answer.
 */
export function partitionFilter(
  where: Expression | undefined,
  table: LakeTable,
  context: StatementContext,
): ((partition: SqlValue[]) => boolean) | undefined {
  if (!where) {
    return undefined;
  }
  const { catalog, schema, table: name } = table.name;
  const scope = new Scope(
    table.columns.map(column => ({
      name: column.name,
      type: column.type,
      qualifier: [catalog, schema, name],
    })),
  );
  const condition = ExpressionCompiler.create({
    scope,
    context: context.plan(),
  }).compileCondition(where, 'WHERE');
  const partitioned = table.partitionFields.map(
    field => table.columns[field.column].name,
  );
  if (namesIn(where).some(column => !partitioned.includes(column))) {
    throw new TrinoError({
      name: 'NOT_SUPPORTED',
      message:
        'Unexpected FilterNode found in plan; probably connector was not able to handle provided WHERE expression',
    });
  }
  return partition => {
    const row: SqlValue[] = table.columns.map(() => undefined);
    table.partitionFields.forEach((field, i) => {
      const value = partition[i];
      row[field.column] =
        field.transform === 'day' &&
        typeof value === 'object' &&
        value.kind === 'date'
          ? {
              kind: 'timestamp',
              micros: BigInt(value.days) * 86_400_000_000n,
            }
          : value;
    });
    return condition.evaluate(row) === true;
  };
}
