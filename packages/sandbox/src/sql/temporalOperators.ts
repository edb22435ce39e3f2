import { commonType } from './commonType';
import { coerce, type Compiled } from './Compiled';
import { type OperatorCall, strictOperator } from './OperatorCall';
import { type SqlType } from './SqlType';
import { type SqlValue } from './SqlValue';
import { addMonths, dateOfTimestamp, MICROS_PER_DAY } from './temporal';

/** Dates, times and intervals; undefined when the operator is none of theirs. */
export function compileTemporal(call: OperatorCall): Compiled | undefined {
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
    return strictOperator(left.type, call, (a, b) => addInterval(a, b, sign));
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
    return strictOperator({ kind: 'interval day to second' }, sides, (a, b) =>
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
