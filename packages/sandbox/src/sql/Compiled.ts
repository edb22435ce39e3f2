import { castValue } from './castValue';
import { formatType } from './formatType';
import { type SqlType } from './SqlType';
import { type SqlRow, type SqlValue } from './SqlValue';

/** An expression bound to the columns of its input, ready to be evaluated. */
export interface Compiled {
  type: SqlType;
  evaluate(row: SqlRow): SqlValue;
}

export function constant(value: SqlValue, type: SqlType): Compiled {
  return { type, evaluate: () => value };
}

/** The same expression read as another type. */
export function coerce(expression: Compiled, type: SqlType): Compiled {
  if (formatType(expression.type) === formatType(type)) {
    return expression;
  }
  return {
    type,
    evaluate: row => castValue(expression.evaluate(row), expression.type, type),
  };
}
