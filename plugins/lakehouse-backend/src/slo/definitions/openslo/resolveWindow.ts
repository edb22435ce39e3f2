import type {
  CalendarUnit,
  SloWindow,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { DateTime, IANAZone } from 'luxon';
import { quote } from '../yaml/fields';
import { didYouMean } from '../yaml/nearestName';
import type { Spot } from '../yaml/Spot';
import { DurationUnit, durationMs, isCalendarUnit } from './duration';
import type { TimeWindowSpec } from './sloSchemas';

const DAY_MS = 86_400_000;
/** What is taken when a file names no window. */
export const DEFAULT_WINDOW_MS = 30 * DAY_MS;
/** Ten years: nobody waits longer for a budget. */
const WINDOW_DAYS_MAX = 3_660;
/** `1m` is often meant as a month. */
const LIKELY_MONTHS = 12;

const CALENDAR_UNITS: Readonly<Record<DurationUnit, CalendarUnit>> = {
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  M: 'month',
  Q: 'quarter',
  Y: 'year',
};

const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})$/;

/** The window of an SLO, with its length: months are 30 days, quarters 90, years 365. */
export interface ResolvedWindow {
  readonly window: SloWindow;
  readonly lengthMs: number;
}

/** Reads the only entry of `timeWindow`. */
export function resolveWindow(options: {
  window: TimeWindowSpec | undefined;
  /** Of the entry; of the spec when there is none. */
  spot: Spot;
  retentionDays: number;
}): ResolvedWindow | undefined {
  const { window, spot, retentionDays } = options;
  if (!window) {
    spot.warn(
      'There is no timeWindow, so the newest 30 days are taken. Write timeWindow to say how long the budget lasts.',
    );
    return {
      window: { kind: 'rolling', durationMs: DEFAULT_WINDOW_MS },
      lengthMs: DEFAULT_WINDOW_MS,
    };
  }
  const { duration, calendar } = window;
  const lengthMs = durationMs(duration);
  const at = spot.at('duration');
  checkLength({ lengthMs, retentionDays, spot: at });
  if (duration.unit === 'm' && duration.count <= LIKELY_MONTHS) {
    at.warn(
      `${duration.text} is ${duration.count} minutes, so the budget is over in a moment. Months are written with a large M: ${duration.count}M.`,
    );
  }
  if (calendar) {
    const startTime = localTime(calendar.startTime, spot.at('calendar'));
    const timeZone = zone(calendar.timeZone, spot.at('calendar', 'timeZone'));
    if (!startTime || !timeZone || spot.hasErrors) return undefined;
    return {
      window: {
        kind: 'calendar',
        count: duration.count,
        unit: CALENDAR_UNITS[duration.unit],
        startTime,
        timeZone,
      },
      lengthMs,
    };
  }
  if (isCalendarUnit(duration)) {
    at.warn(
      `A rolling window has no calendar, so ${duration.text} is counted as ${
        lengthMs / DAY_MS
      } days. Write ${
        lengthMs / DAY_MS
      }d to say so, or calendar to follow months.`,
    );
  }
  if (spot.hasErrors) return undefined;
  return { window: { kind: 'rolling', durationMs: lengthMs }, lengthMs };
}

function checkLength(options: {
  lengthMs: number;
  retentionDays: number;
  spot: Spot;
}) {
  const { lengthMs, retentionDays, spot } = options;
  const days = Math.ceil(lengthMs / DAY_MS);
  if (days > WINDOW_DAYS_MAX) {
    spot.error(
      `The window lasts ${days} days, longer than anything is kept. Write at most ${retentionDays}d.`,
    );
  } else if (days > retentionDays) {
    spot.warn(
      `The window lasts ${days} days, but counts are kept for ${retentionDays}, so what is older never counts. Shorten the window, or raise lakehouse.slo.retentionDays.`,
    );
  }
}

function localTime(text: string, spot: Spot): string | undefined {
  const [, day, time] = LOCAL_TIME.exec(text) ?? [];
  const local = `${day}T${time}`;
  if (day && DateTime.fromISO(local, { zone: 'utc' }).isValid) return local;
  return spot
    .at('startTime')
    .error(
      `${quote(
        text,
      )} is no local time that there is. Write date and time without zone, such as 2026-01-01 00:00:00.`,
    );
}

function zone(name: string, spot: Spot): string | undefined {
  if (IANAZone.isValidZone(name)) return name;
  return spot.error(
    `There is no time zone ${quote(name)}.${didYouMean(
      name,
      Intl.supportedValuesOf('timeZone'),
    )} Nobody knows when the window begins. Write a name of the IANA database, such as Europe/Berlin or UTC.`,
  );
}
