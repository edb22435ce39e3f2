import {
  type DateValue,
  type TimestampValue,
  type TimeValue,
} from './SqlValue';

export const MICROS_PER_SECOND = 1_000_000n;
export const MICROS_PER_DAY = 86_400n * MICROS_PER_SECOND;
const MILLIS_PER_DAY = 86_400_000;

export function floorDivide(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}

export function daysOfDate(year: number, month: number, day: number): number {
  return Math.floor(Date.UTC(year, month - 1, day) / MILLIS_PER_DAY);
}

/** Reads `2026-01-31`; undefined when it is no such day. */
export function parseDate(text: string): DateValue | undefined {
  const match = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  if (!match) {
    return undefined;
  }
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
    ? { kind: 'date', days: daysOfDate(year, month, day) }
    : undefined;
}

/**
 * Reads `2026-01-31 10:20:30.123456 [zone]` where the zone is UTC or an
 * offset; the fraction's digits are the literal's precision.
 */
export function parseTimestamp(
  text: string,
): { value: TimestampValue; precision: number; zoned: boolean } | undefined {
  const match =
    /^\s*(\d{4}-\d{1,2}-\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,12}))?)?)?\s*(UTC|Z|[+-]\d{2}:\d{2})?\s*$/i.exec(
      text,
    );
  const date = match && parseDate(match[1]);
  if (!match || !date) {
    return undefined;
  }
  const [hour, minute, second] = match.slice(2, 5).map(part => part ?? '0');
  const fraction = match[5] ?? '';
  const zone = match[6];
  const offset = /^([+-])(\d{2}):(\d{2})$/.exec(zone ?? '');
  const offsetSeconds = offset
    ? (offset[1] === '-' ? -1 : 1) *
      (Number(offset[2]) * 3600 + Number(offset[3]) * 60)
    : 0;
  const seconds =
    Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offsetSeconds;
  const micros =
    BigInt(date.days) * MICROS_PER_DAY +
    BigInt(seconds) * MICROS_PER_SECOND +
    BigInt(fraction.padEnd(6, '0').slice(0, 6));
  return {
    value: { kind: 'timestamp', micros },
    precision: fraction.length,
    zoned: zone !== undefined,
  };
}

export function formatDate(value: DateValue): string {
  return new Date(value.days * MILLIS_PER_DAY).toISOString().slice(0, 10);
}

/** `2026-01-31 10:20:30.123`, with ` UTC` when the type carries a zone. */
export function formatTimestamp(
  value: TimestampValue,
  type: { precision: number; zoned: boolean },
): string {
  const unit = 10n ** BigInt(Math.max(6 - type.precision, 0));
  const micros =
    unit > 1n
      ? floorDivide(value.micros + unit / 2n, unit) * unit
      : value.micros;
  const days = floorDivide(micros, MICROS_PER_DAY);
  const ofDay = micros - days * MICROS_PER_DAY;
  const seconds = Number(ofDay / MICROS_PER_SECOND);
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60]
    .map(part => String(Math.floor(part)).padStart(2, '0'))
    .join(':');
  const fraction = String(ofDay % MICROS_PER_SECOND)
    .padStart(6, '0')
    .padEnd(12, '0')
    .slice(0, type.precision);
  const date = formatDate({ kind: 'date', days: Number(days) });
  return `${date} ${clock}${fraction && `.${fraction}`}${
    type.zoned ? ' UTC' : ''
  }`;
}

/** Reads `10:20:30.123`; the fraction's digits are the literal's precision. */
export function parseTime(
  text: string,
): { value: TimeValue; precision: number } | undefined {
  const parsed = parseTimestamp(`1970-01-01 ${text.trim()}`);
  return (
    parsed && {
      value: { kind: 'time', micros: parsed.value.micros },
      precision: parsed.precision,
    }
  );
}

export function formatTime(value: TimeValue, precision: number): string {
  const { micros } = value;
  return formatTimestamp(
    { kind: 'timestamp', micros },
    { precision, zoned: false },
  ).slice('1970-01-01 '.length);
}

/** The day a timestamp falls on, in UTC. */
export function dateOfTimestamp(value: TimestampValue): DateValue {
  return {
    kind: 'date',
    days: Number(floorDivide(value.micros, MICROS_PER_DAY)),
  };
}

/** Calendar addition of months: the last day of a month stays inside it. */
export function addMonths(date: DateValue, months: number): DateValue {
  const from = new Date(date.days * MILLIS_PER_DAY);
  const month = from.getUTCFullYear() * 12 + from.getUTCMonth() + months;
  const year = Math.floor(month / 12);
  const lastDay = new Date(Date.UTC(year, (month % 12) + 1, 0)).getUTCDate();
  return {
    kind: 'date',
    days: daysOfDate(
      year,
      (month % 12) + 1,
      Math.min(from.getUTCDate(), lastDay),
    ),
  };
}
