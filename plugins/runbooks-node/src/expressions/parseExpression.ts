import { InputError, toError } from '@backstage/errors';
import { type ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { checkExpression, type ExpressionNames } from './checkExpression';
import { EXPRESSION_MAX_LENGTH } from './limits';

/** Expressions that are kept parsed. */
const KEPT_MAX = 1_000;

// Only the grammar is the library's: what its functions would do, such as
// regular expressions, can't be bounded in time and space.
const grammar = new Environment({
  unlistedVariablesAreDyn: true,
  homogeneousAggregateLiterals: false,
  limits: {
    maxAstNodes: 400,
    maxDepth: 32,
    maxListElements: 100,
    maxMapEntries: 100,
    maxCallArguments: 8,
  },
});

/** An expression that may be worked out. */
export interface ParsedExpression extends ExpressionNames {
  readonly ast: ASTNode;
}

const kept = new Map<string, ParsedExpression>();

/**
 * Reads an expression.
 *
 * @throws InputError that tells what is wrong, without the expression
 */
export function parseExpression(expression: string): ParsedExpression {
  const known = kept.get(expression);
  if (known) return known;
  const ast = parse(expression);
  const parsed = { ast, ...checkExpression(ast) };
  const oldest = kept.keys().next();
  if (kept.size >= KEPT_MAX && !oldest.done) kept.delete(oldest.value);
  kept.set(expression, parsed);
  return parsed;
}

function parse(expression: string): ASTNode {
  if (expression.trim() === '') throw new InputError('it is empty');
  if (expression.length > EXPRESSION_MAX_LENGTH) {
    throw new InputError(
      `it has more than ${EXPRESSION_MAX_LENGTH} characters`,
    );
  }
  try {
    return grammar.parse(expression).ast;
  } catch (error) {
    if (!(error instanceof ParseError)) {
      throw new InputError(`it can't be read: ${toError(error).message}`);
    }
    const place = error.range ? ` at character ${error.range.start + 1}` : '';
    throw new InputError(`${error.summary}${place}`);
  }
}
