import { InputError } from '@backstage/errors';
import { DateTime } from 'luxon';
import type { CalendarSloWindow, CalendarUnit, SloWindow } from '../definition';
import { nominalDurationMs } from './durationShorthand';
import type { MsSpan } from './MsSpan';

/** The time that a budget is counted over, in epoch milliseconds. @public */
export interface SloWindowSpan extends MsSpan {
  /** When the window ends: of calendar windows the next boundary; of rolling ones the moment asked for. */
  readonly endMs: number;
}

const PLURAL = {
  minute: 'minutes',
  hour: 'hours',
  day: 'days',
  week: 'weeks',
  month: 'months',
  quarter: 'quarters',
  year: 'years',
} as const satisfies Record<CalendarUnit, string>;

const MAX_PREVIOUS = 1_000;

/**
 * The window that is running at a moment.
 *
 * Rolling: [at − duration, at). Calendar: [boundary, at), ending at the next
 * boundary. Boundaries are `startTime` plus whole multiples of the window's
 * length by the calendar of its time zone, each added to `startTime` itself: a
 * start on the 31st is clipped to shorter months and comes back to the 31st.
 * Days and longer keep the local time through DST changes; hours and minutes
 * are exact time. A local time that a DST change skips moves forward by what was
 * skipped. Before `startTime` the same rhythm is followed backwards.
 *
 * Source: OpenSLO v1, "timeWindow"; Luxon's calendar mathematics.
 *
 * @throws InputError when the window or the moment makes no sense.
 * @public
 */
export function sloWindowAt(window: SloWindow, atMs: number): SloWindowSpan {
  if (!Number.isFinite(atMs)) {
    throw new InputError(`No window is running at ${atMs}: give epoch ms`);
  }
  if (window.kind === 'rolling') {
    return rollingWindow(window.durationMs, atMs);
  }
  const boundary = boundariesOf(window);
  const index = indexAt(window, boundary, atMs);
  return { fromMs: boundary(index), toMs: atMs, endMs: boundary(index + 1) };
}

/**
 * Whole windows before the running one, newest first. Rolling windows are laid
 * end to end back from the moment.
 *
 * @throws InputError as `sloWindowAt`, and when more than 1,000 are asked for.
 * @public
 */
export function previousWindows(
  window: SloWindow,
  atMs: number,
  count: number,
): SloWindowSpan[] {
  if (!Number.isInteger(count) || count < 0 || count > MAX_PREVIOUS) {
    throw new InputError(
      `${count} earlier windows can't be told; ask for 0 to ${MAX_PREVIOUS}`,
    );
  }
  const spans: SloWindowSpan[] = [];
  let { fromMs } = sloWindowAt(window, atMs);
  while (spans.length < count) {
    const span =
      window.kind === 'rolling'
        ? rollingWindow(window.durationMs, fromMs)
        : { ...sloWindowAt(window, fromMs - 1), toMs: fromMs };
    spans.push(span);
    fromMs = span.fromMs;
  }
  return spans;
}

function rollingWindow(durationMs: number, atMs: number): SloWindowSpan {
  if (!Number.isFinite(durationMs) || durationMs <= 0) {
    throw new InputError(
      `A rolling window of ${durationMs} ms has no length; give more than 0`,
    );
  }
  return { fromMs: atMs - durationMs, toMs: atMs, endMs: atMs };
}

function boundariesOf(window: CalendarSloWindow): (index: number) => number {
  if (!Number.isInteger(window.count) || window.count < 1) {
    throw new InputError(
      `A calendar window of ${window.count} ${
        PLURAL[window.unit]
      } has no length; give a whole number from 1 up`,
    );
  }
  const start = DateTime.fromISO(window.startTime, { zone: window.timeZone });
  if (!start.isValid) {
    throw new InputError(
      `A calendar window can't start at "${window.startTime}" in "${window.timeZone}": ${start.invalidExplanation}. Give a local time such as 2026-01-01T00:00:00 and an IANA zone such as Europe/Berlin`,
    );
  }
  const unit = PLURAL[window.unit];
  return index => start.plus({ [unit]: index * window.count }).toMillis();
}

/** Index of the last boundary at or before the moment. */
function indexAt(
  window: CalendarSloWindow,
  boundary: (index: number) => number,
  atMs: number,
): number {
  const lengthMs = nominalDurationMs(window);
  let index = Math.floor((atMs - boundary(0)) / lengthMs);
  // Months and years are longer or shorter than their nominal length, so the
  // first guess drifts with the distance from the start: correct it by what it
  // is off, then by single steps.
  for (let round = 0; round < 4; round++) {
    index += Math.floor((atMs - boundary(index)) / lengthMs);
  }
  while (boundary(index) > atMs) {
    index--;
  }
  while (boundary(index + 1) <= atMs) {
    index++;
  }
  return index;
}
