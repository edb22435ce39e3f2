import { type BinaryOperator } from './ast';
import { asDecimal, commonType } from './commonType';
import { compareValues } from './compareValues';
import { coerce, type Compiled } from './Compiled';
import { divideRounded, rescale } from './decimal';
import { formatType } from './formatType';
import { BOOLEAN, isInteger, isText, type SqlType, VARCHAR } from './SqlType';
import { type DecimalValue, type SqlRow, type SqlValue } from './SqlValue';
import { addMonths, dateOfTimestamp, MICROS_PER_DAY } from './temporal';
import { type SourceLocation, TrinoError } from './TrinoError';

export interface OperatorCall {
  operator: BinaryOperator;
  left: Compiled;
  right: Compiled;
  location: SourceLocation;
}

const MAX_PRECISION = 38;
const COMPARISON_TESTS: Record<string, (order: number) => boolean> = {
  '=': order => order === 0,
  '<>': order => order !== 0,
  '<': order => order < 0,
  '<=': order => order <= 0,
  '>': order => order > 0,
  '>=': order => order >= 0,
};

function mismatch({ operator, left, right, location }: OperatorCall) {
  return new TrinoError({
    name: 'TYPE_MISMATCH',
    message: `Cannot apply operator: ${formatType(
      left.type,
    )} ${operator} ${formatType(right.type)}`,
    location,
  });
}

function strict(
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
  return strict(BOOLEAN, { left, right }, (a, b) => test(compareValues(a, b)));
}

function divisionByZero(): TrinoError {
  return new TrinoError({
    name: 'DIVISION_BY_ZERO',
    message: 'Division by zero',
  });
}

function integerResult(operator: BinaryOperator, a: bigint, b: bigint): bigint {
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

function compileIntegers(call: OperatorCall, type: SqlType): Compiled {
  const limit = type.kind === 'bigint' ? 2n ** 63n : 2n ** 31n;
  return strict(type, call, (a, b) => {
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

/** Precision and scale as Trino derives them for decimal arithmetic. */
function compileDecimals(call: OperatorCall): Compiled {
  const x = asDecimal(call.left.type);
  const y = asDecimal(call.right.type);
  if (!x || !y) {
    throw mismatch(call);
  }
  const whole = Math.max(x.precision - x.scale, y.precision - y.scale);
  const wider = Math.max(x.scale, y.scale);
  const scale = call.operator === '*' ? x.scale + y.scale : wider;
  const digits =
    {
      '*': x.precision + y.precision,
      '/': x.precision + y.scale + Math.max(y.scale - x.scale, 0),
      '%': Math.min(x.precision - x.scale, y.precision - y.scale) + scale,
    }[String(call.operator)] ?? whole + scale + 1;
  const precision = Math.min(digits, MAX_PRECISION);
  const left = coerce(call.left, { kind: 'decimal', ...x });
  const right = coerce(call.right, { kind: 'decimal', ...y });
  return strict(
    { kind: 'decimal', precision, scale },
    { left, right },
    (a, b) => {
      if (!isDecimal(a) || !isDecimal(b)) {
        throw mismatch(call);
      }
      return decimalResult(call.operator, [a, b], scale);
    },
  );
}

function isDecimal(value: SqlValue): value is DecimalValue {
  return typeof value === 'object' && value.kind === 'decimal';
}

function decimalResult(
  operator: BinaryOperator,
  [a, b]: [DecimalValue, DecimalValue],
  scale: number,
): DecimalValue {
  if (operator === '*') {
    return { kind: 'decimal', unscaled: a.unscaled * b.unscaled, scale };
  }
  if (operator === '/') {
    if (b.unscaled === 0n) {
      throw divisionByZero();
    }
    const shifted = a.unscaled * 10n ** BigInt(scale + b.scale - a.scale);
    return {
      kind: 'decimal',
      unscaled: divideRounded(shifted, b.unscaled),
      scale,
    };
  }
  const [x, y] = [rescale(a, scale).unscaled, rescale(b, scale).unscaled];
  return { kind: 'decimal', unscaled: integerResult(operator, x, y), scale };
}

function compileTemporal(call: OperatorCall): Compiled | undefined {
  const { left, right, operator } = call;
  const sign = operator === '-' ? -1 : 1;
  if (operator !== '+' && operator !== '-') {
    return undefined;
  }
  if (left.type.kind.startsWith('interval') && operator === '+') {
    return right.type.kind.startsWith('interval')
      ? undefined
      : compileTemporal({ ...call, left: right, right: left });
  }
  if (!['date', 'timestamp'].includes(left.type.kind)) {
    return undefined;
  }
  if (right.type.kind.startsWith('interval')) {
    return strict(left.type, call, (a, b) => addInterval(a, b, sign));
  }
  const type = commonType(left.type, right.type);
  if (operator === '-' && type) {
    const asTimestamp: SqlType = {
      kind: 'timestamp',
      precision: 6,
      zoned: false,
    };
    const sides = {
      left: coerce(left, asTimestamp),
      right: coerce(right, asTimestamp),
    };
    return strict({ kind: 'interval day to second' }, sides, (a, b) =>
      typeof a === 'object' &&
      a.kind === 'timestamp' &&
      typeof b === 'object' &&
      b.kind === 'timestamp'
        ? { kind: 'interval', months: 0, micros: a.micros - b.micros }
        : undefined,
    );
  }
  return undefined;
}

function addInterval(a: SqlValue, b: SqlValue, sign: number): SqlValue {
  if (typeof a !== 'object' || typeof b !== 'object' || b.kind !== 'interval') {
    return undefined;
  }
  const micros = b.micros * BigInt(sign);
  const months = b.months * sign;
  if (a.kind === 'date') {
    const date = addMonths(a, months);
    return { ...date, days: date.days + Number(micros / MICROS_PER_DAY) };
  }
  if (a.kind !== 'timestamp') {
    return undefined;
  }
  const date = dateOfTimestamp(a);
  const shiftedDays = addMonths(date, months).days - date.days;
  return {
    kind: 'timestamp',
    micros: a.micros + BigInt(shiftedDays) * MICROS_PER_DAY + micros,
  };
}

function compileConcat(call: OperatorCall): Compiled {
  const { left, right } = call;
  if (isText(left.type) && isText(right.type)) {
    return strict(VARCHAR, call, (a, b) => `${a}${b}`);
  }
  if (left.type.kind === 'array' && right.type.kind === 'array') {
    return strict(left.type, call, (a, b) =>
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
  return strict(type, { left, right }, (a, b) =>
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
