import { type BinaryOperator } from './ast';
import { type Compiled } from './Compiled';
import { formatType } from './formatType';
import { type SqlType } from './SqlType';
import { type SqlRow, type SqlValue } from './SqlValue';
import { type SourceLocation, TrinoError } from './TrinoError';

export interface OperatorCall {
  operator: BinaryOperator;
  left: Compiled;
  right: Compiled;
  location: SourceLocation;
}

export function mismatch({ operator, left, right, location }: OperatorCall) {
  return new TrinoError({
    name: 'TYPE_MISMATCH',
    message: `Cannot apply operator: ${formatType(
      left.type,
    )} ${operator} ${formatType(right.type)}`,
    location,
  });
}

/** An operator whose result is NULL as soon as one side is. */
export function strictOperator(
  type: SqlType,
  sides: { left: Compiled; right: Compiled },
  apply: (a: SqlValue, b: SqlValue) => SqlValue,
): Compiled {
  const { left, right } = sides;
  return {
    type,
    evaluate(row: SqlRow) {
      const a = left.evaluate(row);
      const b = a === undefined ? undefined : right.evaluate(row);
      return a === undefined || b === undefined ? undefined : apply(a, b);
    },
  };
}
