import { InputError } from '@backstage/errors';
import type { JsonValue } from '@backstage/types';
import { LIST_MAX_LENGTH, TEXT_MAX_LENGTH } from './limits';
import type { WorkBudget } from './WorkBudget';

/** A function of expressions. */
export interface ExpressionFunction {
  /** As written: `size(value)`, or `text.contains(part)`. */
  readonly usage: string;
  readonly description: string;
  readonly call: (args: readonly JsonValue[], budget: WorkBudget) => JsonValue;
}

/** `size(x)`, or `x.size()`: the value before the dot is the first argument. */
export type CallForm = 'function' | 'method';

const functions: Readonly<Record<string, ExpressionFunction>> = {
  size: {
    usage: 'size(value)',
    description: 'Characters of a text, entries of a list or object.',
    call: ([value]) => sizeOf(value),
  },
  string: {
    usage: 'string(value)',
    description: 'A number or truth value as text.',
    call: ([value]) => plainText(value),
  },
  double: {
    usage: 'double(text)',
    description: 'The number that a text says.',
    call: ([value]) => readNumber(value),
  },
  int: {
    usage: 'int(value)',
    description:
      'The whole part of a number, or of the number that a text says.',
    call: ([value]) => Math.trunc(readNumber(value)),
  },
  round: {
    usage: 'round(number)',
    description: 'The nearest whole number.',
    call: ([value]) => Math.round(numberOf(value)),
  },
  floor: {
    usage: 'floor(number)',
    description: 'The next whole number below.',
    call: ([value]) => Math.floor(numberOf(value)),
  },
  ceil: {
    usage: 'ceil(number)',
    description: 'The next whole number above.',
    call: ([value]) => Math.ceil(numberOf(value)),
  },
  abs: {
    usage: 'abs(number)',
    description: 'The number without its sign.',
    call: ([value]) => Math.abs(numberOf(value)),
  },
  min: {
    usage: 'min(list)',
    description: 'The least number of a list that has entries.',
    call: ([value], budget) =>
      numbersOf(value, budget).reduce((a, b) => Math.min(a, b)),
  },
  max: {
    usage: 'max(list)',
    description: 'The greatest number of a list that has entries.',
    call: ([value], budget) =>
      numbersOf(value, budget).reduce((a, b) => Math.max(a, b)),
  },
  sum: {
    usage: 'sum(list)',
    description: 'The sum of a list of numbers that has entries.',
    call: ([value], budget) => numbersOf(value, budget).reduce((a, b) => a + b),
  },
};

const methods: Readonly<Record<string, ExpressionFunction>> = {
  size: {
    usage: 'value.size()',
    description: 'The same as size(value).',
    call: ([value]) => sizeOf(value),
  },
  contains: {
    usage: 'text.contains(part)',
    description: 'Whether a text has another within it.',
    call: ([value, part], budget) =>
      textOf(value, budget).includes(textOf(part, budget)),
  },
  startsWith: {
    usage: 'text.startsWith(part)',
    description: 'Whether a text begins with another.',
    call: ([value, part], budget) =>
      textOf(value, budget).startsWith(textOf(part, budget)),
  },
  endsWith: {
    usage: 'text.endsWith(part)',
    description: 'Whether a text ends with another.',
    call: ([value, part], budget) =>
      textOf(value, budget).endsWith(textOf(part, budget)),
  },
  lowerAscii: {
    usage: 'text.lowerAscii()',
    description: 'The text with A to Z in lower case.',
    call: ([value], budget) =>
      textOf(value, budget).replace(/[A-Z]+/g, part => part.toLowerCase()),
  },
  upperAscii: {
    usage: 'text.upperAscii()',
    description: 'The text with a to z in upper case.',
    call: ([value], budget) =>
      textOf(value, budget).replace(/[a-z]+/g, part => part.toUpperCase()),
  },
  trim: {
    usage: 'text.trim()',
    description: 'The text without white space around it.',
    call: ([value], budget) => textOf(value, budget).trim(),
  },
  split: {
    usage: 'text.split(separator)',
    description: 'The parts of a text between separators.',
    call: ([value, separator], budget) => {
      const text = textOf(value, budget);
      const parts = text.split(textOf(separator, budget), LIST_MAX_LENGTH + 1);
      budget.spend(parts.length);
      return checkLength(parts);
    },
  },
  join: {
    usage: 'list.join(separator)',
    description: 'A list of texts as one, with the separator in between.',
    call: ([value, separator], budget) => {
      const between = textOf(separator, budget);
      const parts = listOf(value).map(part => textOf(part, budget));
      const length = parts.reduce(
        (sum, part) => sum + part.length + between.length,
        0,
      );
      checkText(length);
      return parts.join(between);
    },
  },
};

/** Finds a function by name and form. Names of JavaScript's own machinery are none. */
export function findExpressionFunction(
  form: CallForm,
  name: string,
): ExpressionFunction | undefined {
  const known = form === 'method' ? methods : functions;
  return Object.hasOwn(known, name) ? known[name] : undefined;
}

/** How many values a function takes; that before the dot counts. */
export function argumentCount(fn: ExpressionFunction, form: CallForm): number {
  const inside = fn.usage.slice(fn.usage.indexOf('(') + 1, -1);
  const written = inside === '' ? 0 : inside.split(',').length;
  return form === 'method' ? written + 1 : written;
}

/** All of them, in the order of their description. */
export function listExpressionFunctions(): ExpressionFunction[] {
  return [...Object.values(functions), ...Object.values(methods)];
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};

/** What kind of value it is, in words. */
export function kindOf(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return 'nothing (null)';
  if (Array.isArray(value)) return 'a list';
  return KINDS[typeof value] ?? 'an object';
}

/** @throws InputError unless it is a number */
export function numberOf(value: JsonValue | undefined): number {
  if (typeof value === 'number') return value;
  throw new InputError(`a number is needed where ${kindOf(value)} is`);
}

/** @throws InputError when a text would grow too long */
export function checkText(length: number): void {
  if (length > TEXT_MAX_LENGTH) {
    throw new InputError(
      `it makes a text of more than ${TEXT_MAX_LENGTH} characters`,
    );
  }
}

/** @throws InputError when a list is too long */
export function checkLength<T>(list: T[]): T[] {
  if (list.length <= LIST_MAX_LENGTH) return list;
  throw new InputError(
    `it makes a list of more than ${LIST_MAX_LENGTH} entries`,
  );
}

/** @throws InputError unless it is a number, a truth value or a text */
export function plainText(value: JsonValue | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw new InputError(`${kindOf(value)} can't be turned into text`);
}

function sizeOf(value: JsonValue | undefined): number {
  // By code points, as CEL counts.
  if (typeof value === 'string') {
    let size = 0;
    for (const _ of value) size += 1;
    return size;
  }
  if (Array.isArray(value)) return value.length;
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length;
  }
  throw new InputError(
    `a text, list or object is needed where ${kindOf(value)} is`,
  );
}

function readNumber(value: JsonValue | undefined): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && /^[-+]?\d{1,20}(\.\d{1,20})?$/.test(value)) {
    return Number(value);
  }
  if (typeof value === 'string') {
    throw new InputError('the text does not say a number');
  }
  throw new InputError(`a number or text is needed where ${kindOf(value)} is`);
}

function textOf(value: JsonValue | undefined, budget: WorkBudget): string {
  if (typeof value !== 'string') {
    throw new InputError(`a text is needed where ${kindOf(value)} is`);
  }
  budget.spendOnText(value);
  return value;
}

/** @throws InputError unless it is a list */
export function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  if (Array.isArray(value)) return value;
  throw new InputError(`a list is needed where ${kindOf(value)} is`);
}

function numbersOf(value: JsonValue | undefined, budget: WorkBudget): number[] {
  const list = listOf(value);
  budget.spend(list.length);
  if (!list.length) throw new InputError('the list has no entries');
  return list.map(numberOf);
}
