import { type Expression, type FunctionCall } from './ast';
import { compareValues } from './compareValues';
import { type CompileTools, unifyTypes } from './CompileTools';
import { coerce, type Compiled, constant } from './Compiled';
import { formatType } from './formatType';
import { compileOperator } from './operators';
import { UNKNOWN, VARCHAR } from './SqlType';

const NULL = constant(undefined, UNKNOWN);

/** CASE, with an operand to compare or with conditions. */
export function compileCase(
  node: Extract<Expression, { kind: 'case' }>,
  tools: CompileTools,
): Compiled {
  const { operand, branches, otherwise, location } = node;
  const conditions = branches.map(({ when }) =>
    operand
      ? compileOperator({
          operator: '=',
          left: tools.compile(operand),
          right: tools.compile(when),
          location,
        })
      : tools.compileCondition(when, 'CASE WHEN'),
  );
  const results = branches.map(({ then }) => tools.compile(then));
  results.push(otherwise ? tools.compile(otherwise) : NULL);
  const type = unifyTypes(results, location);
  const coerced = results.map(result => coerce(result, type));
  return {
    type,
    evaluate(row) {
      const hit = conditions.findIndex(c => c.evaluate(row) === true);
      return coerced[hit < 0 ? conditions.length : hit].evaluate(row);
    },
  };
}

function compileCoalesce(node: FunctionCall, args: Compiled[]): Compiled {
  const type = unifyTypes(args, node.location);
  const values = args.map(arg => coerce(arg, type));
  return {
    type,
    evaluate(row) {
      for (const value of values) {
        const result = value.evaluate(row);
        if (result !== undefined) {
          return result;
        }
      }
      return undefined;
    },
  };
}

function compileIf(node: FunctionCall, args: Compiled[]): Compiled {
  const [condition, then, otherwise = NULL] = args;
  const type = unifyTypes([then, otherwise], node.location);
  const [yes, no] = [coerce(then, type), coerce(otherwise, type)];
  return {
    type,
    evaluate: row =>
      (condition.evaluate(row) === true ? yes : no).evaluate(row),
  };
}

function compileExtreme(node: FunctionCall, args: Compiled[]): Compiled {
  const type = unifyTypes(args, node.location);
  const values = args.map(arg => coerce(arg, type));
  const at = node.name === 'greatest' ? -1 : 0;
  return {
    type,
    evaluate(row) {
      const results = values.map(value => value.evaluate(row));
      return results.includes(undefined)
        ? undefined
        : results.sort(compareValues).at(at);
    },
  };
}

/** Functions that treat NULL or types in a way of their own. */
export function compileConditional(
  node: FunctionCall,
  args: Compiled[],
): Compiled | undefined {
  switch (`${node.name}/${args.length}`) {
    case 'typeof/1':
      return constant(formatType(args[0].type), VARCHAR);
    case 'nullif/2': {
      const [left, right] = args;
      const { location } = node;
      const equal = compileOperator({ operator: '=', left, right, location });
      return {
        type: left.type,
        evaluate: row =>
          equal.evaluate(row) === true ? undefined : left.evaluate(row),
      };
    }
    case 'if/2':
    case 'if/3':
      return compileIf(node, args);
    default:
  }
  if (args.length === 0) {
    return undefined;
  }
  switch (node.name) {
    case 'coalesce':
      return compileCoalesce(node, args);
    case 'greatest':
    case 'least':
      return compileExtreme(node, args);
    default:
      return undefined;
  }
}
