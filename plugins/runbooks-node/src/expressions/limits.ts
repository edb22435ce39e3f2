/** Characters of one expression. */
export const EXPRESSION_MAX_LENGTH = 2_000;

/** Steps that working out one expression may take. */
export const WORK_MAX = 100_000;

/** Characters of a text that an expression or template makes. */
export const TEXT_MAX_LENGTH = 65_536;

/** Entries of a list that an expression makes. */
export const LIST_MAX_LENGTH = 10_000;

/** Values, counted through all lists and objects, that an expression or template gives. */
export const RESULT_MAX_VALUES = 20_000;

/** Characters of all texts that an expression or template gives. */
export const RESULT_MAX_LENGTH = 1_000_000;

/** How deep lists and objects may lie within each other. */
export const RESULT_MAX_DEPTH = 32;

/** Names that stand for machinery of JavaScript and never for data. */
const MACHINERY: ReadonlySet<string> = new Set([
  '__proto__',
  'constructor',
  'prototype',
]);

/** Whether a key is data: names that JavaScript gives a meaning do not exist for runbooks. */
export function isDataKey(key: string): boolean {
  return !MACHINERY.has(key);
}
