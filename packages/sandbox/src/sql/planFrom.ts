import { type Expression, type FromItem, type Query } from './ast';
import { ExpressionCompiler } from './ExpressionCompiler';
import { joinRelations } from './joinRelations';
import { type PlanContext } from './PlanContext';
import { type Relation } from './Relation';
import { type Field, Scope } from './Scope';
import { BIGINT } from './SqlType';
import { type SqlRow, type SqlValue } from './SqlValue';
import { TrinoError } from './TrinoError';

/** Renames a relation's columns and puts them under an alias. */
export function aliased(
  relation: Relation,
  alias: string | undefined,
  columns: string[] | undefined,
): Relation {
  if (alias === undefined) {
    return relation;
  }
  const visible = relation.fields.filter(field => !field.hidden);
  if (columns && columns.length !== visible.length) {
    throw new TrinoError({
      name: 'MISMATCHED_COLUMN_ALIASES',
      message: `Column alias list has ${columns.length} entries but '${alias}' has ${visible.length} columns available`,
    });
  }
  const fields = relation.fields.map((field, i) => ({
    ...field,
    name: columns?.[i] ?? field.name,
    qualifier: [alias],
  }));
  return { ...relation, fields };
}

function planUnnest(
  item: Extract<FromItem, { kind: 'unnest' }>,
  context: PlanContext,
  left?: Relation,
): Relation {
  const scope = new Scope(left?.fields ?? []);
  const compiler = ExpressionCompiler.create({ scope, context });
  const sources = item.expressions.map(e => compiler.compile(e));
  const produced: Field[] = sources.flatMap(({ type }): Field[] => {
    if (type.kind === 'map') {
      return [{ type: type.key }, { type: type.value }];
    }
    return [{ type: type.kind === 'array' ? type.element : type }];
  });
  if (item.ordinality) {
    produced.push({ type: BIGINT });
  }
  const columns = aliased(
    { fields: produced, rows: () => [] },
    item.alias,
    item.columns,
  ).fields;
  function* rows(): Iterable<SqlRow> {
    for (const row of left?.rows() ?? [[]]) {
      const lists = sources.map(source => unnested(source.evaluate(row)));
      const size = Math.max(0, ...lists.map(list => list.length));
      for (let i = 0; i < size; i++) {
        const values = lists.flatMap(list => list[i] ?? [undefined]);
        const position = item.ordinality ? [BigInt(i + 1)] : [];
        yield [...row, ...values, ...position];
      }
    }
  }
  return { fields: [...(left?.fields ?? []), ...columns], rows };
}

function unnested(value: SqlValue): SqlValue[][] {
  if (typeof value !== 'object') {
    return [];
  }
  if (value.kind === 'array') {
    return value.items.map(item => [item]);
  }
  return value.kind === 'map' ? value.entries : [];
}

function usingCondition(
  columns: string[],
  left: Relation,
  right: Relation,
): Expression | undefined {
  const location = { line: 1, column: 1 };
  const named = (side: Relation, column: string): Expression => ({
    kind: 'name',
    parts: [...(side.fields[0]?.qualifier ?? []), column],
    location,
  });
  return columns
    .map(
      (column): Expression => ({
        kind: 'binary',
        operator: '=',
        left: named(left, column),
        right: named(right, column),
        location,
      }),
    )
    .reduce((a, b) => ({
      kind: 'binary',
      operator: 'and',
      left: a,
      right: b,
      location,
    }));
}

/** Plans what stands after FROM; subqueries are planned by `planQuery`. */
export function planFrom(
  item: FromItem,
  context: PlanContext,
  planQuery: (query: Query, context: PlanContext) => Relation,
): Relation {
  switch (item.kind) {
    case 'table': {
      const { parts } = item.name;
      const named =
        parts.length === 1 ? context.named.get(parts[0]) : undefined;
      const relation = named
        ? aliased(named, parts[0], undefined)
        : context.resolveTable(item.name, item.version);
      return aliased(relation, item.alias, item.columns);
    }
    case 'subquery':
      return aliased(planQuery(item.query, context), item.alias, item.columns);
    case 'unnest':
      return planUnnest(item, context);
    default: {
      const left = planFrom(item.left, context, planQuery);
      if (item.right.kind === 'unnest') {
        return planUnnest(item.right, context, left);
      }
      const right = planFrom(item.right, context, planQuery);
      const on = item.using ? usingCondition(item.using, left, right) : item.on;
      return joinRelations({ type: item.type, left, right, on, context });
    }
  }
}
