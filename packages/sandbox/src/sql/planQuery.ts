import {
  type Expression,
  type Query,
  type QueryBody,
  type SelectBody,
} from './ast';
import { commonType } from './commonType';
import { combineRows, type SetOperation } from './combineRows';
import { castValue } from './castValue';
import { compareKeys } from './compareKeys';
import { coerce } from './Compiled';
import { ExpressionCompiler } from './ExpressionCompiler';
import { type PlanContext } from './PlanContext';
import { planFrom } from './planFrom';
import { boundedRows, type Relation } from './Relation';
import { Scope } from './Scope';
import { SelectPlanner } from './SelectPlanner';
import { BIGINT, type SqlType, UNKNOWN } from './SqlType';
import { type SqlRow } from './SqlValue';
import { TrinoError } from './TrinoError';

const NO_ROWS: Relation = { fields: [], rows: () => [[]] };

function unify(types: SqlType[]): SqlType {
  return types.reduce((a, b) => {
    const common = commonType(a, b);
    if (!common) {
      throw new TrinoError({
        name: 'TYPE_MISMATCH',
        message: 'Columns of a set operation or VALUES have different types',
      });
    }
    return common;
  }, UNKNOWN);
}

function planValues(written: Expression[][], context: PlanContext): Relation {
  const compiler = ExpressionCompiler.create({
    scope: new Scope([]),
    context,
  });
  const compiled = written.map(row => row.map(e => compiler.compile(e)));
  if (compiled.some(row => row.length !== compiled[0].length)) {
    throw new TrinoError({
      name: 'TYPE_MISMATCH',
      message: 'Values rows have mismatched sizes',
    });
  }
  const types = compiled[0].map((_, i) =>
    unify(compiled.map(row => row[i].type)),
  );
  const rows = compiled.map(row =>
    row.map((value, i) => coerce(value, types[i]).evaluate([])),
  );
  return {
    fields: types.map(type => ({ type })),
    rows: () => rows,
    rowCount: BigInt(rows.length),
  };
}

function planSetOperation(body: SetOperation, context: PlanContext): Relation {
  const left = planBody(body.left, [], context);
  const right = planBody(body.right, [], context);
  if (left.fields.length !== right.fields.length) {
    throw new TrinoError({
      name: 'TYPE_MISMATCH',
      message: `${body.kind.toUpperCase()} query has different number of fields: ${
        left.fields.length
      }, ${right.fields.length}`,
    });
  }
  const types = left.fields.map((field, i) =>
    unify([field.type, right.fields[i].type]),
  );
  function* read(side: Relation): Iterable<SqlRow> {
    for (const row of side.rows()) {
      yield row.map((value, i) =>
        castValue(value, side.fields[i].type, types[i]),
      );
    }
  }
  return {
    fields: left.fields.map((field, i) => ({ ...field, type: types[i] })),
    rows: () =>
      combineRows(
        body,
        () => read(left),
        () => read(right),
      ),
  };
}

function planUnordered(
  body: Exclude<QueryBody, SelectBody>,
  context: PlanContext,
): Relation {
  switch (body.kind) {
    case 'values':
      return planValues(body.rows, context);
    case 'nested':
      return planQuery(body.query, context);
    default:
      return planSetOperation(body, context);
  }
}

function planBody(
  body: QueryBody,
  orderBy: Query['orderBy'],
  context: PlanContext,
): Relation {
  if (body.kind === 'select') {
    const input = body.from ? planFrom(body.from, context, planQuery) : NO_ROWS;
    return SelectPlanner.plan(body, { input, context, orderBy });
  }
  const relation = planUnordered(body, context);
  return orderBy.length === 0
    ? relation
    : orderedRelation(relation, orderBy, context);
}

function orderedRelation(
  relation: Relation,
  orderBy: Query['orderBy'],
  context: PlanContext,
): Relation {
  const compiler = ExpressionCompiler.create({
    scope: new Scope(relation.fields),
    context,
  });
  const keys = orderBy.map(({ expression }) =>
    expression.kind === 'literal' && typeof expression.value === 'bigint'
      ? Number(expression.value) - 1
      : compiler.compile(expression),
  );
  const rows = () => {
    const sorted = [...boundedRows(relation).rows()].map(row => ({
      row,
      keys: keys.map(key =>
        typeof key === 'number' ? row[key] : key.evaluate(row),
      ),
    }));
    sorted.sort((a, b) => compareKeys(orderBy, a.keys, b.keys));
    return sorted.map(({ row }) => row);
  };
  return { fields: relation.fields, rows };
}

function countOf(
  expression: Expression | undefined,
  context: PlanContext,
): number | undefined {
  if (!expression) {
    return undefined;
  }
  const compiler = ExpressionCompiler.create({
    scope: new Scope([]),
    context,
  });
  return Number(coerce(compiler.compile(expression), BIGINT).evaluate([]));
}

function* slice(
  rows: Iterable<SqlRow>,
  offset: number,
  limit: number,
): Iterable<SqlRow> {
  let index = 0;
  if (limit === 0) {
    return;
  }
  for (const row of rows) {
    if (index >= offset) {
      yield row;
    }
    if (++index >= offset + limit) {
      return;
    }
  }
}

/** Plans a query; nothing is read before its rows are asked for. */
export function planQuery(query: Query, outer: PlanContext): Relation {
  const context = { ...outer, named: new Map(outer.named) };
  for (const { name, columns, query: inner } of query.with) {
    const planned = planQuery(inner, context);
    const fields = planned.fields.map((field, i) => ({
      ...field,
      name: columns?.[i] ?? field.name,
    }));
    context.named.set(name.toLowerCase(), { ...planned, fields });
  }
  const relation = planBody(query.body, query.orderBy, context);
  const limit = countOf(query.limit, context);
  const offset = countOf(query.offset, context) ?? 0;
  if (limit === undefined && offset === 0) {
    return relation;
  }
  return {
    fields: relation.fields,
    rows: () => slice(relation.rows(), offset, limit ?? Infinity),
    lazy: relation.lazy,
  };
}
