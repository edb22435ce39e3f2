import { InputError } from '@backstage/errors';
import {
  evaluateExpression,
  type ExpressionScope,
} from '@lakehouse-ops/plugin-runbooks-node';

/**
 * Whether a condition holds.
 *
 * @throws InputError when it is neither true nor false
 */
export function holds(expression: string, scope: ExpressionScope): boolean {
  const value = evaluateExpression(expression, scope);
  if (typeof value === 'boolean') return value;
  throw new InputError(
    `The condition '${expression.slice(
      0,
      200,
    )}' has to give true or false, and gives ${JSON.stringify(value).slice(
      0,
      200,
    )}.`,
  );
}
