import { type BinaryOperator } from './ast';
import { commonType } from './commonType';
import { compareValues } from './compareValues';
import { coerce, type Compiled } from './Compiled';
import { compileDecimals } from './decimalOperators';
import { formatType } from './formatType';
import { integerResult } from './integerOperator';
import { mismatch, type OperatorCall, strictOperator } from './OperatorCall';
import { BOOLEAN, isInteger, isText, type SqlType, VARCHAR } from './SqlType';
import { compileTemporal } from './temporalOperators';
import { TrinoError } from './TrinoError';

const COMPARISON_TESTS: Record<string, (order: number) => boolean> = {
  '=': order => order === 0,
  '<>': order => order !== 0,
  '<': order => order < 0,
  '<=': order => order <= 0,
  '>': order => order > 0,
  '>=': order => order >= 0,
};

function compileLogic(call: OperatorCall): Compiled {
  const { left, right } = call;
  const decisive = call.operator === 'or';
  return {
    type: BOOLEAN,
    evaluate(row) {
      const a = left.evaluate(row);
      if (a === decisive) {
        return decisive;
      }
      const b = right.evaluate(row);
      if (b === decisive) {
        return decisive;
      }
      return a === undefined || b === undefined ? undefined : !decisive;
    },
  };
}

function compileComparison(call: OperatorCall): Compiled {
  const type = commonType(call.left.type, call.right.type);
  if (!type) {
    throw mismatch(call);
  }
  const left = coerce(call.left, type);
  const right = coerce(call.right, type);
  if (call.operator === 'distinct') {
    return {
      type: BOOLEAN,
      evaluate: row =>
        compareValues(left.evaluate(row), right.evaluate(row)) !== 0,
    };
  }
  const test = COMPARISON_TESTS[call.operator];
  return strictOperator(BOOLEAN, { left, right }, (a, b) =>
    test(compareValues(a, b)),
  );
}

function compileIntegers(call: OperatorCall, type: SqlType): Compiled {
  const limit = type.kind === 'bigint' ? 2n ** 63n : 2n ** 31n;
  return strictOperator(type, call, (a, b) => {
    if (typeof a !== 'bigint' || typeof b !== 'bigint') {
      throw mismatch(call);
    }
    const result = integerResult(call.operator, a, b);
    if (result < -limit || result >= limit) {
      throw new TrinoError({
        name: 'NUMERIC_VALUE_OUT_OF_RANGE',
        message: `${formatType(type)} overflow: ${a} ${call.operator} ${b}`,
      });
    }
    return result;
  });
}

function doubleResult(operator: BinaryOperator, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    default:
      return a % b;
  }
}

function compileConcat(call: OperatorCall): Compiled {
  const { left, right } = call;
  if (isText(left.type) && isText(right.type)) {
    return strictOperator(VARCHAR, call, (a, b) => `${a}${b}`);
  }
  if (left.type.kind === 'array' && right.type.kind === 'array') {
    return strictOperator(left.type, call, (a, b) =>
      typeof a === 'object' &&
      a.kind === 'array' &&
      typeof b === 'object' &&
      b.kind === 'array'
        ? { kind: 'array', items: [...a.items, ...b.items] }
        : undefined,
    );
  }
  throw mismatch(call);
}

function compileArithmetic(call: OperatorCall): Compiled {
  const temporal = compileTemporal(call);
  if (temporal) {
    return temporal;
  }
  const type = commonType(call.left.type, call.right.type);
  if (!type) {
    throw mismatch(call);
  }
  if (type.kind === 'decimal') {
    return compileDecimals(call);
  }
  const left = coerce(call.left, type);
  const right = coerce(call.right, type);
  if (isInteger(type)) {
    return compileIntegers({ ...call, left, right }, type);
  }
  if (type.kind !== 'double' && type.kind !== 'real') {
    throw mismatch(call);
  }
  return strictOperator(type, { left, right }, (a, b) =>
    doubleResult(call.operator, Number(a), Number(b)),
  );
}

/** Binds a binary operator to its operands' types. */
export function compileOperator(call: OperatorCall): Compiled {
  switch (call.operator) {
    case 'and':
    case 'or':
      return compileLogic(call);
    case '||':
      return compileConcat(call);
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return compileArithmetic(call);
    default:
      return compileComparison(call);
  }
}
