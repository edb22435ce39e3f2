import type { JsonValue } from '@backstage/types';

const MANY_DIGITS = /\d{16}/;
const INTEGER = /^-?\d+$/;

/**
 * Reads JSON without rounding: an integer beyond ±(2^53 − 1) becomes a string of
 * its digits. All other numbers are doubles in Trino's answers too, and stay numbers.
 *
 * @throws SyntaxError when the text is not JSON
 */
export function parseLosslessJson(text: string): JsonValue {
  // Reading with a reviver costs a call for each value: only where it can matter.
  return MANY_DIGITS.test(text)
    ? JSON.parse(text, keepDigits)
    : JSON.parse(text);
}

function keepDigits(
  _key: string,
  value: unknown,
  ...[context]: [{ source?: string }?]
): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value;
  const source = context?.source;
  return source !== undefined && INTEGER.test(source) ? source : value;
}
