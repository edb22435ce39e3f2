import { InputError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import type { BinaryOperator } from '@marcbachmann/cel-js';
import {
  checkLength,
  checkText,
  kindOf,
  listOf,
  numberOf,
} from './expressionFunctions';
import { isDataKey } from './limits';
import type { WorkBudget } from './WorkBudget';

/**
 * What an operator gives.
 *
 * @throws InputError when it has no meaning for these values
 */
export function applyOperator(options: {
  operator: BinaryOperator;
  left: JsonValue;
  right: JsonValue;
  budget: WorkBudget;
}): JsonValue {
  const { operator, left, right, budget } = options;
  switch (operator) {
    case '==':
      return isSame(left, right, budget);
    case '!=':
      return !isSame(left, right, budget);
    case 'in':
      return isIn(left, right, budget);
    case '+':
      return add(left, right, budget);
    case '-':
      return finite(numberOf(left) - numberOf(right));
    case '*':
      return finite(numberOf(left) * numberOf(right));
    case '/':
      return finite(numberOf(left) / divisor(right));
    case '%':
      return finite(numberOf(left) % divisor(right));
    case '<':
      return compare(left, right, budget) < 0;
    case '<=':
      return compare(left, right, budget) <= 0;
    case '>':
      return compare(left, right, budget) > 0;
    default:
      return compare(left, right, budget) >= 0;
  }
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new InputError('it gives a number that is too large');
}

function divisor(value: JsonValue): number {
  const number = numberOf(value);
  if (number !== 0) return number;
  throw new InputError('it divides by 0');
}

function add(left: JsonValue, right: JsonValue, budget: WorkBudget): JsonValue {
  if (typeof left === 'string' && typeof right === 'string') {
    checkText(left.length + right.length);
    return left + right;
  }
  if (typeof left === 'string' || typeof right === 'string') {
    throw new InputError(
      `a text and ${kindOf(
        typeof left === 'string' ? right : left,
      )} can't be added; write string(…) around what is no text`,
    );
  }
  if (Array.isArray(left)) {
    const more = listOf(right);
    budget.spend(left.length + more.length);
    return checkLength([...left, ...more]);
  }
  return finite(numberOf(left) + numberOf(right));
}

/** Texts are compared by their characters' codes, wherever it runs. */
function compare(
  left: JsonValue,
  right: JsonValue,
  budget: WorkBudget,
): number {
  if (typeof left === 'string' && typeof right === 'string') {
    budget.spendOnText(left);
    if (left === right) return 0;
    return left < right ? -1 : 1;
  }
  if (typeof left === 'number' && typeof right === 'number') {
    return left - right;
  }
  throw new InputError(
    `${kindOf(left)} and ${kindOf(right)} can't be compared by size`,
  );
}

function isIn(value: JsonValue, where: JsonValue, budget: WorkBudget): boolean {
  if (Array.isArray(where)) {
    return where.some(entry => isSame(entry, value, budget));
  }
  if (typeof where === 'object' && where !== null) {
    return (
      typeof value === 'string' &&
      isDataKey(value) &&
      Object.hasOwn(where, value)
    );
  }
  throw new InputError(
    `a list or object is needed after 'in', where ${kindOf(where)} is`,
  );
}

/** Values of different kinds are different. */
function isSame(
  left: JsonValue,
  right: JsonValue,
  budget: WorkBudget,
): boolean {
  budget.spend();
  if (typeof left === 'string' && typeof right === 'string') {
    budget.spendOnText(left);
  }
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object') return false;
  if (left === null || right === null) return false;
  if (Array.isArray(left) || Array.isArray(right)) {
    return (
      Array.isArray(left) &&
      Array.isArray(right) &&
      left.length === right.length &&
      left.every((entry, index) => isSame(entry, right[index], budget))
    );
  }
  const keys = Object.keys(left);
  budget.spend(keys.length);
  return (
    keys.length === Object.keys(right).length &&
    keys.every(key => {
      const [mine, theirs] = [left[key], right[key]];
      if (!Object.hasOwn(right, key)) return false;
      if (mine === undefined || theirs === undefined) return mine === theirs;
      return isSame(mine, theirs, budget);
    })
  );
}
