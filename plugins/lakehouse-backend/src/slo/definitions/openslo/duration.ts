import { z } from 'zod';
import { quote } from '../yaml/fields';

export type DurationUnit = 'm' | 'h' | 'd' | 'w' | 'M' | 'Q' | 'Y';

/** OpenSLO's duration shorthand. */
export interface DurationShorthand {
  readonly count: number;
  readonly unit: DurationUnit;
  readonly text: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Months, quarters and years as the SDK of OpenSLO counts them where there is no calendar. */
const UNIT_MS: Readonly<Record<DurationUnit, number>> = {
  m: MINUTE_MS,
  h: 60 * MINUTE_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
  M: 30 * DAY_MS,
  Q: 90 * DAY_MS,
  Y: 365 * DAY_MS,
};

const SHORTHAND = /^(\d{1,6})([mhdwMQY])$/;

export function parseDuration(text: string): DurationShorthand | undefined {
  const [, digits, letter] = SHORTHAND.exec(text) ?? [];
  const unit = unitOf(letter);
  return unit && { count: Number(digits), unit, text };
}

export function durationMs({ count, unit }: DurationShorthand): number {
  return count * UNIT_MS[unit];
}

/** Whether its length differs from one time to another. */
export function isCalendarUnit({ unit }: DurationShorthand): boolean {
  return unit === 'M' || unit === 'Q' || unit === 'Y';
}

function explain(written: unknown): string {
  return `${quote(
    written,
  )} is no duration. Write a whole number and a unit without a space between: m for minutes, h, d, w, M for months, Q or Y, such as 5m or 30d.`;
}

/** A duration above zero. */
export const duration = z
  .string({ error: issue => explain(issue.input) })
  .transform((text, context) => {
    const parsed = parseDuration(text);
    if (!parsed) {
      context.addIssue({ code: 'custom', message: explain(text) });
      return z.NEVER;
    }
    if (parsed.count === 0) {
      context.addIssue({
        code: 'custom',
        message: `A duration of ${text} holds nothing. Write one of at least 1m.`,
      });
      return z.NEVER;
    }
    return parsed;
  });

/** A duration that may be zero. */
export const durationOrNone = z
  .string({ error: issue => explain(issue.input) })
  .transform((text, context) => {
    const parsed = parseDuration(text);
    if (!parsed) {
      context.addIssue({ code: 'custom', message: explain(text) });
      return z.NEVER;
    }
    return parsed;
  });

/** Minutes may be written without a unit, as OpenSLO allows of time slices. */
export const sliceDuration = z.preprocess(
  written =>
    typeof written === 'number' && Number.isInteger(written)
      ? `${written}m`
      : written,
  duration,
);

function unitOf(letter: string | undefined): DurationUnit | undefined {
  switch (letter) {
    case 'm':
    case 'h':
    case 'd':
    case 'w':
    case 'M':
    case 'Q':
    case 'Y':
      return letter;
    default:
      return undefined;
  }
}
