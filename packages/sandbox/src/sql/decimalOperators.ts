import { type BinaryOperator } from './ast';
import { asDecimal } from './commonType';
import { coerce, type Compiled } from './Compiled';
import { divideRounded, rescale } from './decimal';
import { divisionByZero, integerResult } from './integerOperator';
import { mismatch, type OperatorCall, strictOperator } from './OperatorCall';
import { type DecimalValue, type SqlValue } from './SqlValue';

const MAX_PRECISION = 38;

/** Precision and scale as Trino derives them for decimal arithmetic. */
export function compileDecimals(call: OperatorCall): Compiled {
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
  return strictOperator(
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
