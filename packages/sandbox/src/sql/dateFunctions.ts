import { castValue } from './castValue';
import { coerce } from './Compiled';
import { formatValue } from './formatValue';
import {
  BIGINT,
  DATE,
  DOUBLE,
  isNumeric,
  type SqlType,
  zonedTimestamp,
} from './SqlType';
import { type SqlValue, timestampOfMillis } from './SqlValue';
import { type ScalarFunction, strict } from './strictFunction';
import {
  dateOfTimestamp,
  floorDivide,
  formatDate,
  MICROS_PER_DAY,
  parseDate,
} from './temporal';
import { TrinoError } from './TrinoError';

function microsOf(value: SqlValue): bigint {
  if (typeof value !== 'object') {
    return 0n;
  }
  if (value.kind === 'date') {
    return BigInt(value.days) * MICROS_PER_DAY;
  }
  return value.kind === 'timestamp' ? value.micros : 0n;
}

const DATE_PARTS: Record<string, (date: Date) => number> = {
  year: date => date.getUTCFullYear(),
  month: date => date.getUTCMonth() + 1,
  day: date => date.getUTCDate(),
  hour: date => date.getUTCHours(),
  minute: date => date.getUTCMinutes(),
  second: date => date.getUTCSeconds(),
};

function datePart(part: string): ScalarFunction {
  return args =>
    ['date', 'timestamp'].includes(args[0]?.type.kind)
      ? strict(BIGINT, args, value =>
          BigInt(DATE_PARTS[part](new Date(Number(microsOf(value) / 1000n)))),
        )
      : undefined;
}

const TRUNCATED_LENGTH: Record<string, number> = { year: 4, month: 7, day: 10 };
const UNIT_MICROS: Record<string, bigint> = {
  millisecond: 1000n,
  second: 1_000_000n,
  minute: 60_000_000n,
  hour: 3_600_000_000n,
  day: MICROS_PER_DAY,
  week: MICROS_PER_DAY * 7n,
};

const dateTrunc: ScalarFunction = ([unit, value]) =>
  unit && ['date', 'timestamp'].includes(value?.type.kind)
    ? strict(value.type, [unit, value], (name, at) => {
        const word = String(name);
        const micros = microsOf(at);
        if (word in TRUNCATED_LENGTH) {
          const day = formatDate(
            dateOfTimestamp({ kind: 'timestamp', micros }),
          );
          const start = `${day.slice(0, TRUNCATED_LENGTH[word])}-01-01`;
          return castValue(parseDate(start.slice(0, 10)), DATE, value.type);
        }
        const size = UNIT_MICROS[word] ?? 1n;
        return castValue(
          { kind: 'timestamp', micros: floorDivide(micros, size) * size },
          { kind: 'timestamp', precision: 6, zoned: true },
          value.type,
        );
      })
    : undefined;

const dateDiff: ScalarFunction = args =>
  args.length === 3
    ? strict(BIGINT, args, (unit, from, to) => {
        const size = UNIT_MICROS[String(unit)];
        if (!size) {
          throw new TrinoError({
            name: 'INVALID_FUNCTION_ARGUMENT',
            message: `'${unit}' is not a valid DATE field`,
          });
        }
        return (microsOf(to) - microsOf(from)) / size;
      })
    : undefined;

/** `2026-01-31`, or `2026-01-31T10:20:30.123Z` for a time with a zone. */
function isoText(value: SqlValue, type: SqlType): SqlValue {
  const text = formatValue(value, type)?.replace(' ', 'T');
  return text?.replace(/ UTC$/, 'Z');
}

/** Functions over dates and timestamps, all in UTC. */
export const dateFunctions: Record<string, ScalarFunction> = {
  year: datePart('year'),
  month: datePart('month'),
  day: datePart('day'),
  hour: datePart('hour'),
  minute: datePart('minute'),
  second: datePart('second'),
  date_trunc: dateTrunc,
  date_diff: dateDiff,
  date: ([value]) => value && coerce(value, DATE),
  at_timezone: ([value]) => value,
  from_unixtime: args =>
    args[0] && isNumeric(args[0].type)
      ? strict(zonedTimestamp(3), [coerce(args[0], DOUBLE)], seconds =>
          timestampOfMillis(Number(seconds) * 1000),
        )
      : undefined,
  to_iso8601: args =>
    ['date', 'timestamp'].includes(args[0]?.type.kind)
      ? strict({ kind: 'varchar', length: 32 }, args, value =>
          isoText(value, args[0].type),
        )
      : undefined,
  to_unixtime: args =>
    strict(DOUBLE, args, value => Number(microsOf(value)) / 1e6),
};
