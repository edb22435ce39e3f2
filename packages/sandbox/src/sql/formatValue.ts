import { formatDecimal } from './decimal';
import { type SqlType } from './SqlType';
import { type IntervalValue, type SqlValue } from './SqlValue';
import { formatDate, formatTime, formatTimestamp } from './temporal';

/** Trino prints doubles as Java does when it casts them: 1.0E0, 1.234E7. */
export function formatDouble(value: number): string {
  if (!Number.isFinite(value)) {
    return Number.isNaN(value) ? 'NaN' : `${value > 0 ? '' : '-'}Infinity`;
  }
  const [mantissa, exponent] = value.toExponential().split('e');
  const digits = mantissa.includes('.') ? mantissa : `${mantissa}.0`;
  return `${digits}E${Number(exponent)}`;
}

function formatInterval(value: IntervalValue): string {
  if (value.months !== 0) {
    const months = Math.abs(value.months);
    const sign = value.months < 0 ? '-' : '';
    return `${sign}${Math.floor(months / 12)}-${months % 12}`;
  }
  const sign = value.micros < 0n ? '-' : '';
  const millis = Number(value.micros < 0n ? -value.micros : value.micros) / 1e3;
  const clock = new Date(millis % 86_400_000).toISOString().slice(11, 23);
  return `${sign}${Math.floor(millis / 86_400_000)} ${clock}`;
}

/** The text of a value as CAST(... AS varchar) gives it; NULL has none. */
export function formatValue(
  value: SqlValue,
  type: SqlType,
): string | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (typeof value === 'number') {
    return formatDouble(value);
  }
  if (typeof value !== 'object') {
    return String(value);
  }
  switch (value.kind) {
    case 'date':
      return formatDate(value);
    case 'timestamp':
      return formatTimestamp(
        value,
        type.kind === 'timestamp' ? type : { precision: 3, zoned: false },
      );
    case 'time':
      return formatTime(value, type.kind === 'time' ? type.precision : 3);
    case 'decimal':
      return formatDecimal(value);
    case 'interval':
      return formatInterval(value);
    default:
      return undefined;
  }
}
