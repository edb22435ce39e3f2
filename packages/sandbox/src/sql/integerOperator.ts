import { type BinaryOperator } from './ast';
import { TrinoError } from './TrinoError';

export function divisionByZero(): TrinoError {
  return new TrinoError({
    name: 'DIVISION_BY_ZERO',
    message: 'Division by zero',
  });
}

/** Arithmetic on integers, as wide as they get. */
export function integerResult(
  operator: BinaryOperator,
  a: bigint,
  b: bigint,
): bigint {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    default:
      if (b === 0n) {
        throw divisionByZero();
      }
      return operator === '/' ? a / b : a % b;
  }
}
