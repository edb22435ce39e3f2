import { type Expression } from './ast';
import { compareValues } from './compareValues';
import { type CompileTools, unifyTypes } from './CompileTools';
import { coerce, type Compiled, constant } from './Compiled';
import { likePattern } from './likePattern';
import { compileOperator } from './operators';
import { BOOLEAN } from './SqlType';
import { type SourceLocation, TrinoError } from './TrinoError';

export type PredicateNode = Extract<
  Expression,
  {
    kind: 'isNull' | 'between' | 'in' | 'inQuery' | 'like' | 'query' | 'exists';
  }
>;

/** The opposite of a condition; unknown stays unknown. */
export function negated(condition: Compiled): Compiled {
  return {
    type: BOOLEAN,
    evaluate(row) {
      const value = condition.evaluate(row);
      return value === undefined ? undefined : !value;
    },
  };
}

function compileBetween(
  node: Extract<PredicateNode, { kind: 'between' }>,
  tools: CompileTools,
): Compiled {
  const { location } = node;
  const operand = tools.compile(node.operand);
  const bounds = compileOperator({
    operator: 'and',
    left: compileOperator({
      operator: '>=',
      left: operand,
      right: tools.compile(node.low),
      location,
    }),
    right: compileOperator({
      operator: '<=',
      left: operand,
      right: tools.compile(node.high),
      location,
    }),
    location,
  });
  return node.negated ? negated(bounds) : bounds;
}

function isOneOf(
  operand: Compiled,
  items: Compiled[],
  location: SourceLocation,
): Compiled {
  const type = unifyTypes([operand, ...items], location);
  const value = coerce(operand, type);
  const options = items.map(item => coerce(item, type));
  return {
    type: BOOLEAN,
    evaluate(row) {
      const wanted = value.evaluate(row);
      if (wanted === undefined) {
        return undefined;
      }
      let unknown = false;
      for (const option of options) {
        const candidate = option.evaluate(row);
        if (candidate === undefined) {
          unknown = true;
        } else if (compareValues(candidate, wanted) === 0) {
          return true;
        }
      }
      return unknown ? undefined : false;
    },
  };
}

function compileIn(
  node: Extract<PredicateNode, { kind: 'in' | 'inQuery' }>,
  tools: CompileTools,
): Compiled {
  const operand = tools.compile(node.operand);
  let items: Compiled[];
  if (node.kind === 'in') {
    items = node.items.map(item => tools.compile(item));
  } else {
    const { types, rows } = tools.context.runQuery(node.query);
    items = rows.map(([value]) => constant(value, types[0]));
  }
  const found = isOneOf(operand, items, node.location);
  return node.negated ? negated(found) : found;
}

function compileLike(
  node: Extract<PredicateNode, { kind: 'like' }>,
  tools: CompileTools,
): Compiled {
  const operand = tools.compile(node.operand);
  const pattern = tools.compile(node.pattern);
  const escape = node.escape && tools.compile(node.escape);
  return {
    type: BOOLEAN,
    evaluate(row) {
      const value = operand.evaluate(row);
      const like = pattern.evaluate(row);
      if (value === undefined || like === undefined) {
        return undefined;
      }
      const sign = escape?.evaluate(row);
      const matcher = likePattern(
        String(like),
        sign === undefined ? undefined : String(sign),
      );
      return matcher.test(String(value)) !== node.negated;
    },
  };
}

function compileScalarQuery(
  node: Extract<PredicateNode, { kind: 'query' }>,
  tools: CompileTools,
): Compiled {
  const { types, rows } = tools.context.runQuery(node.query);
  if (rows.length > 1) {
    throw new TrinoError({
      name: 'SUBQUERY_MULTIPLE_ROWS',
      message: 'Scalar sub-query has returned multiple rows',
    });
  }
  return constant(rows[0]?.[0], types[0]);
}

/** IS NULL, BETWEEN, IN, LIKE, EXISTS and subqueries that give one value. */
export function compilePredicate(
  node: PredicateNode,
  tools: CompileTools,
): Compiled {
  switch (node.kind) {
    case 'isNull': {
      const operand = tools.compile(node.operand);
      return {
        type: BOOLEAN,
        evaluate: row => (operand.evaluate(row) === undefined) !== node.negated,
      };
    }
    case 'between':
      return compileBetween(node, tools);
    case 'in':
    case 'inQuery':
      return compileIn(node, tools);
    case 'like':
      return compileLike(node, tools);
    case 'exists':
      return constant(
        tools.context.runQuery(node.query).rows.length > 0,
        BOOLEAN,
      );
    default:
      return compileScalarQuery(node, tools);
  }
}
