import { InputError, toError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import { BoundedCopy } from './boundedCopy';
import { ExpressionRun } from './ExpressionRun';
import { type ExpressionScope, SCOPE_NAMES } from './ExpressionScope';
import { parseExpression } from './parseExpression';
import { unwrapExpression } from './unwrapExpression';

const QUOTED_MAX = 200;

/**
 * Works out an expression of a runbook file, in the grammar of the Common
 * Expression Language. It is bounded in time and space, knows only what
 * {@link describeExpressionFunctions} tells, and gives plain JSON.
 *
 * @param expression - with or without `${{ }}` around it
 * @throws InputError that names the expression and what is wrong with it
 * @public
 */
export function evaluateExpression(
  expression: string,
  scope: ExpressionScope,
): JsonValue {
  const text = unwrapExpression(expression);
  try {
    const { ast } = parseExpression(text);
    const names = new Map<string, JsonValue>();
    for (const name of SCOPE_NAMES) {
      const value = scope[name];
      if (value !== undefined) names.set(name, value);
    }
    return new BoundedCopy().copy(new ExpressionRun().evaluate(ast, names));
  } catch (error) {
    const { message } = toError(error);
    throw new InputError(
      `The expression '${text
        .trim()
        .slice(0, QUOTED_MAX)}' can't be worked out: ${message}.`,
    );
  }
}
