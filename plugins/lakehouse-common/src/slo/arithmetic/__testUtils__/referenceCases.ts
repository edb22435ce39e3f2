import { DateTime } from 'luxon';
import type {
  BudgetingMethod,
  CalendarUnit,
  SloWindow,
} from '../../definition';
import { attain, type SloAttainment } from '../attain';
import {
  parseDurationShorthand,
  nominalDurationMs,
} from '../durationShorthand';
import { sliceSums } from '../sliceSums';
import type { SloMinute } from '../SloSums';
import { sloWindowAt, type SloWindowSpan } from '../sloWindowAt';
import { windowSlices } from '../windowSlices';

const MINUTE_MS = 60_000;
const DECOY_MINUTES = 10;

/** A row of a table of reference cases; see `readCases`. */
export interface ReferenceCase {
  readonly source: string;
  readonly window: string;
  readonly at: string;
  readonly target: string;
  readonly slice?: string;
  /** `60x 80/100, 5x -`: minutes with so many good of so many, one after the other from the window's start; `-`: nothing to count. */
  readonly minutes: string;
  readonly from: string;
  readonly end: string;
  readonly attainment: string;
  readonly allowed: string;
  readonly spent: string;
  readonly remaining: string;
  readonly sum: string;
}

/** Rows of a text table whose first line names the columns, all parted by `|`. */
export function readCases(table: string): ReferenceCase[] {
  const [head, ...rows] = table
    .trim()
    .split('\n')
    .map(line => line.split('|').map(cell => cell.trim()));
  return rows.map(
    cells =>
      Object.fromEntries(
        cells.map((cell, index) => [head[index], cell]),
      ) as unknown as ReferenceCase,
  );
}

/** `30d` rolls; `1M 2026-01-01T00:00:00 Europe/Berlin` goes by the calendar. */
export function readWindow(text: string): SloWindow {
  const [length, startTime, timeZone] = text.split(' ');
  const duration = parseDurationShorthand(length);
  return startTime
    ? {
        kind: 'calendar',
        count: duration.count,
        unit: duration.unit satisfies CalendarUnit,
        startTime,
        timeZone,
      }
    : { kind: 'rolling', durationMs: nominalDurationMs(duration) };
}

/** Counts a case from its minutes, with ten bad minutes right before the window and ten after the moment, which must not count. */
export function evaluateCase(
  method: BudgetingMethod,
  row: ReferenceCase,
): SloAttainment & { readonly span: SloWindowSpan } {
  const window = readWindow(row.window);
  const atMs = DateTime.fromISO(row.at, { zone: 'utc' }).toMillis();
  const span = sloWindowAt(window, atMs);
  const minutes: SloMinute[] = [
    ...decoys(span.fromMs - DECOY_MINUTES * MINUTE_MS),
    ...readMinutes(row.minutes, span.fromMs),
    ...decoys(atMs),
  ].filter(({ startMs }) => startMs >= span.fromMs && startMs < span.toMs);

  const slice = row.slice ? readSlice(row.slice) : undefined;
  const attained = attain({
    method,
    target: Number(row.target),
    sums: {
      good: minutes.reduce((sum, { good }) => sum + good, 0),
      total: minutes.reduce((sum, { total }) => sum + total, 0),
      slices: slice && sliceSums(minutes, slice),
    },
    sliceMs: slice?.durationMs,
    windowSlices:
      slice && window.kind === 'calendar'
        ? windowSlices({
            span: { fromMs: span.fromMs, toMs: span.endMs },
            sliceMs: slice.durationMs,
          })
        : undefined,
  });
  return { ...attained, span };
}

function readMinutes(text: string, fromMs: number): SloMinute[] {
  let startMs = fromMs;
  return text.split(',').flatMap(part => {
    const [times, counts] = part.trim().split('x ');
    const [good, total] =
      counts === '-' ? [0, 0] : counts.split('/').map(Number);
    return Array.from({ length: Number(times) }, () => {
      const minute = { startMs, good, total };
      startMs += MINUTE_MS;
      return minute;
    });
  });
}

function readSlice(text: string): { durationMs: number; target?: number } {
  const [duration, target] = text.split(' ');
  return {
    durationMs: nominalDurationMs(parseDurationShorthand(duration)),
    target: target === undefined ? undefined : Number(target),
  };
}

function decoys(fromMs: number): SloMinute[] {
  return Array.from({ length: DECOY_MINUTES }, (_, index) => ({
    startMs: fromMs + index * MINUTE_MS,
    good: 0,
    total: 1_000_000,
  }));
}
