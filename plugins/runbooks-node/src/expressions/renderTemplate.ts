import { InputError } from '@backstage/errors';
import type { JsonArray, JsonObject, JsonValue } from '@backstage/types';
import { BoundedCopy } from './boundedCopy';
import { evaluateExpression } from './evaluateExpression';
import { checkText } from './expressionFunctions';
import type { ExpressionScope } from './ExpressionScope';
import { isDataKey, RESULT_MAX_DEPTH } from './limits';
import { hasExpression, splitTemplate } from './splitTemplate';

/**
 * Fills in each `${{ expression }}` of a value. A text that is one expression
 * and nothing else becomes what the expression gives; within a longer text it
 * is written as text. What was filled in is never looked at for expressions
 * again.
 *
 * @throws InputError that names the expression and what is wrong with it
 * @public
 */
export function renderTemplate(
  value: JsonValue,
  scope: ExpressionScope,
): JsonValue {
  return new BoundedCopy().copy(render(value, scope, 0));
}

function render(
  value: JsonValue,
  scope: ExpressionScope,
  depth: number,
): JsonValue {
  if (typeof value === 'string') return renderText(value, scope);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= RESULT_MAX_DEPTH) {
    throw new InputError(
      `The value has lists and objects more than ${RESULT_MAX_DEPTH} deep. Make it flatter.`,
    );
  }
  if (Array.isArray(value)) {
    const list: JsonArray = value.map(entry => render(entry, scope, depth + 1));
    return list;
  }
  const object: JsonObject = {};
  for (const [key, entry] of Object.entries(value)) {
    if (entry === undefined || !isDataKey(key)) continue;
    object[key] = render(entry, scope, depth + 1);
  }
  return object;
}

function renderText(text: string, scope: ExpressionScope): JsonValue {
  if (!hasExpression(text)) return text;
  const whole = splitTemplate(text.trim());
  if (whole.length === 1 && whole[0].type === 'expression') {
    return evaluateExpression(whole[0].text, scope);
  }
  let written = '';
  for (const part of splitTemplate(text)) {
    if (part.type === 'open') {
      throw new InputError(
        `The text '${text.slice(
          0,
          100,
        )}' opens an expression with '$' and two braces and does not close it. Close it with two braces.`,
      );
    }
    written += part.type === 'text' ? part.text : asText(part.text, scope);
    checkText(written.length);
  }
  return written;
}

/** What is missing is not written as a word: 'null' could be taken for a name. */
function asText(expression: string, scope: ExpressionScope): string {
  const value = evaluateExpression(expression, scope);
  if (value === null) {
    throw new InputError(
      `The expression '${expression
        .trim()
        .slice(
          0,
          200,
        )}' gives nothing (null) to write. Write default(…, …) to say what is to stand there then.`,
    );
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
