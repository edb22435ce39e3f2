import { InputError } from '@backstage/errors';
import type { CalendarUnit } from '../definition';

/** A length by the calendar: so many of a unit. @public */
export interface CalendarDuration {
  readonly count: number;
  readonly unit: CalendarUnit;
}

const UNIT_OF_POSTFIX: Readonly<Record<string, CalendarUnit>> = {
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  M: 'month',
  Q: 'quarter',
  Y: 'year',
};

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;

const NOMINAL_MS: Readonly<Record<CalendarUnit, number>> = {
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
  quarter: 90 * DAY_MS,
  year: 365 * DAY_MS,
};

/**
 * Reads a duration as OpenSLO writes it: a whole number and one of m, h, d, w,
 * M, Q, Y (minutes to years; case counts). A bare number is minutes, as
 * `timeSliceWindow` has it. `0m` is read too, since `alertAfter` defaults to it.
 *
 * Source: OpenSLO v1, "duration-shorthand" and "timeSliceWindow".
 *
 * @throws InputError when the text is none.
 * @public
 */
export function parseDurationShorthand(
  text: string | number,
): CalendarDuration {
  const match = /^(\d{1,9})([mhdwMQY]?)$/.exec(String(text).trim());
  const unit = match && UNIT_OF_POSTFIX[match[2] || 'm'];
  if (!match || !unit) {
    throw new InputError(
      `"${text}" is no duration: write a whole number and one of m, h, d, w, M, Q, Y, such as 5m, 28d or 1M (m is minutes, M months)`,
    );
  }
  return { count: Number(match[1]), unit };
}

/**
 * Length of a duration in milliseconds. Months, quarters and years have no one
 * length: 30, 90 and 365 days stand for them. Use it for lookbacks and burn-rate
 * factors, never for the bounds of a calendar window (see `sloWindowAt`).
 *
 * @public
 */
export function nominalDurationMs(duration: CalendarDuration): number {
  return duration.count * NOMINAL_MS[duration.unit];
}

/**
 * Writes a duration as OpenSLO does. Milliseconds become the largest of days,
 * hours and minutes that fits without a rest.
 *
 * @throws InputError when they are no whole minutes: OpenSLO has no shorter unit.
 * @public
 */
export function formatDurationShorthand(
  duration: number | CalendarDuration,
): string {
  if (typeof duration !== 'number') {
    const postfix = Object.keys(UNIT_OF_POSTFIX).find(
      key => UNIT_OF_POSTFIX[key] === duration.unit,
    );
    return `${duration.count}${postfix}`;
  }
  if (!(duration >= 0) || duration % MINUTE_MS !== 0) {
    throw new InputError(
      `${duration} ms can't be written as an OpenSLO duration, whose smallest unit is the minute; use whole minutes`,
    );
  }
  if (duration === 0) {
    return '0m';
  }
  if (duration % DAY_MS === 0) {
    return `${duration / DAY_MS}d`;
  }
  return duration % NOMINAL_MS.hour === 0
    ? `${duration / NOMINAL_MS.hour}h`
    : `${duration / MINUTE_MS}m`;
}
