import fc from 'fast-check';
import type { CalendarSloWindow, CalendarUnit } from '../definition';
import { previousWindows, sloWindowAt } from './sloWindowAt';

const DAY_MS = 86_400_000;
const ms = (text: string) => Date.parse(`${text}:00Z`);
const iso = (at: number) => new Date(at).toISOString().slice(0, 16);

function calendar(
  count: number,
  unit: CalendarUnit,
  startTime: string,
  timeZone: string,
): CalendarSloWindow {
  return { kind: 'calendar', count, unit, startTime, timeZone };
}

describe('windows', () => {
  it('roll back from the moment', () => {
    const atMs = ms('2026-11-21T10:00') + 12_345;
    const window = { kind: 'rolling', durationMs: 30 * DAY_MS } as const;
    expect(sloWindowAt(window, atMs)).toEqual({
      fromMs: atMs - 30 * DAY_MS,
      toMs: atMs,
      endMs: atMs,
    });
    expect(previousWindows(window, atMs, 2)).toEqual([
      {
        fromMs: atMs - 60 * DAY_MS,
        toMs: atMs - 30 * DAY_MS,
        endMs: atMs - 30 * DAY_MS,
      },
      {
        fromMs: atMs - 90 * DAY_MS,
        toMs: atMs - 60 * DAY_MS,
        endMs: atMs - 60 * DAY_MS,
      },
    ]);
  });

  it('roll over 400 days', () => {
    const atMs = ms('2026-11-21T10:00');
    const window = { kind: 'rolling', durationMs: 400 * DAY_MS } as const;
    expect(iso(sloWindowAt(window, atMs).fromMs)).toBe('2025-10-17T10:00');
  });

  it.each([
    // unit, start, zone, at, from, end (UTC)
    [
      'the first moment belongs to the new month',
      calendar(1, 'month', '2026-01-01T00:00:00', 'UTC'),
      '2026-11-01T00:00',
      '2026-11-01T00:00',
      '2026-12-01T00:00',
    ],
    [
      'the minute before to the old one',
      calendar(1, 'month', '2026-01-01T00:00:00', 'UTC'),
      '2026-10-31T23:59',
      '2026-10-01T00:00',
      '2026-11-01T00:00',
    ],
    [
      'Berlin: a day of 23 hours',
      calendar(1, 'day', '2026-01-01T00:00:00', 'Europe/Berlin'),
      '2026-03-29T12:00',
      '2026-03-28T23:00',
      '2026-03-29T22:00',
    ],
    [
      'Berlin: a day of 25 hours',
      calendar(1, 'day', '2026-01-01T00:00:00', 'Europe/Berlin'),
      '2026-10-25T12:00',
      '2026-10-24T22:00',
      '2026-10-25T23:00',
    ],
    [
      'Berlin: a start that the change of 29 March skips moves on by an hour',
      calendar(1, 'day', '2026-01-01T02:30:00', 'Europe/Berlin'),
      '2026-03-29T12:00',
      '2026-03-29T01:30',
      '2026-03-30T00:30',
    ],
    [
      'New York: hours are exact time',
      calendar(6, 'hour', '2026-03-08T00:00:00', 'America/New_York'),
      '2026-03-08T12:00',
      '2026-03-08T11:00',
      '2026-03-08T17:00',
    ],
    [
      'a start on the 31st is clipped to February',
      calendar(1, 'month', '2026-01-31T00:00:00', 'UTC'),
      '2026-03-10T00:00',
      '2026-02-28T00:00',
      '2026-03-31T00:00',
    ],
    [
      'and comes back to the 31st',
      calendar(1, 'month', '2026-01-31T00:00:00', 'UTC'),
      '2026-04-01T00:00',
      '2026-03-31T00:00',
      '2026-04-30T00:00',
    ],
    [
      'and to the 29th in a leap year',
      calendar(1, 'month', '2026-01-31T00:00:00', 'UTC'),
      '2028-03-10T00:00',
      '2028-02-29T00:00',
      '2028-03-31T00:00',
    ],
    [
      'a year from 29 February',
      calendar(1, 'year', '2024-02-29T00:00:00', 'UTC'),
      '2026-03-01T00:00',
      '2026-02-28T00:00',
      '2027-02-28T00:00',
    ],
    [
      'a quarter in Tokyo',
      calendar(1, 'quarter', '2026-01-01T00:00:00', 'Asia/Tokyo'),
      '2026-06-30T15:00',
      '2026-06-30T15:00',
      '2026-09-30T15:00',
    ],
    [
      'Lord Howe: half an hour of DST',
      calendar(1, 'day', '2026-01-01T00:00:00', 'Australia/Lord_Howe'),
      '2026-04-05T00:00',
      '2026-04-04T13:00',
      '2026-04-05T13:30',
    ],
    [
      'Apia: 30 December 2011 never was',
      calendar(1, 'day', '2011-12-01T00:00:00', 'Pacific/Apia'),
      '2011-12-30T12:00',
      '2011-12-30T10:00',
      '2011-12-31T10:00',
    ],
    [
      'before the start the rhythm is followed backwards',
      calendar(1, 'week', '2026-01-05T00:00:00', 'UTC'),
      '2025-12-31T00:00',
      '2025-12-29T00:00',
      '2026-01-05T00:00',
    ],
    [
      'three centuries on',
      calendar(1, 'month', '2026-01-31T12:00:00', 'Europe/London'),
      '2326-02-20T00:00',
      '2326-01-31T12:00',
      '2326-02-28T12:00',
    ],
  ])('%s', (_, window, at, from, end) => {
    const span = sloWindowAt(window, ms(at));
    expect(iso(span.fromMs)).toBe(from);
    expect(iso(span.endMs)).toBe(end);
    expect(iso(span.toMs)).toBe(at);
  });

  it('tells the months before', () => {
    const window = calendar(1, 'month', '2026-01-31T00:00:00', 'UTC');
    const before = previousWindows(window, ms('2026-04-02T00:00'), 3);
    expect(
      before.map(({ fromMs, toMs, endMs }) => [fromMs, toMs, endMs].map(iso)),
    ).toEqual([
      ['2026-02-28T00:00', '2026-03-31T00:00', '2026-03-31T00:00'],
      ['2026-01-31T00:00', '2026-02-28T00:00', '2026-02-28T00:00'],
      ['2025-12-31T00:00', '2026-01-31T00:00', '2026-01-31T00:00'],
    ]);
  });

  it('by the calendar tile time without gap or overlap, in any zone', () => {
    const units = [
      'minute',
      'hour',
      'day',
      'week',
      'month',
      'quarter',
      'year',
    ] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
        fc.constantFrom(...units),
        fc.integer({ min: 1, max: 45 }),
        fc.date({
          min: new Date('1990-01-01T00:00:00Z'),
          max: new Date('2040-12-31T00:00:00Z'),
          noInvalidDate: true,
        }),
        fc.integer({
          min: ms('1990-01-01T00:00'),
          max: ms('2060-01-01T00:00'),
        }),
        (timeZone, unit, count, start, atMs) => {
          const window = calendar(
            count,
            unit,
            start.toISOString().slice(0, 19),
            timeZone,
          );
          const span = sloWindowAt(window, atMs);
          expect(span.fromMs).toBeLessThanOrEqual(atMs);
          expect(span.endMs).toBeGreaterThan(atMs);
          // Every moment of it is in it, the next begins where it ends, and the one before ends where it begins.
          expect(sloWindowAt(window, span.endMs - 1)).toEqual({
            ...span,
            toMs: span.endMs - 1,
          });
          expect(sloWindowAt(window, span.fromMs)).toEqual({
            ...span,
            toMs: span.fromMs,
          });
          expect(sloWindowAt(window, span.endMs).fromMs).toBe(span.endMs);
          expect(sloWindowAt(window, span.fromMs - 1).endMs).toBe(span.fromMs);
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each([
    [{ kind: 'rolling', durationMs: 0 } as const, 0, /has no length/],
    [{ kind: 'rolling', durationMs: NaN } as const, 0, /has no length/],
    [{ kind: 'rolling', durationMs: 1 } as const, NaN, /epoch ms/],
    [calendar(0, 'day', '2026-01-01T00:00:00', 'UTC'), 0, /whole number/],
    [calendar(1, 'day', '2026-02-30T00:00:00', 'UTC'), 0, /local time such as/],
    [calendar(1, 'day', '2026-01-01T00:00:00', 'Mars/Base'), 0, /IANA zone/],
  ])('refuses what is none: %j at %s', (window, at, message) => {
    expect(() => sloWindowAt(window, at)).toThrow(message);
  });

  it('refuses to tell endless windows before', () => {
    const window = { kind: 'rolling', durationMs: DAY_MS } as const;
    expect(() => previousWindows(window, 0, 1_001)).toThrow(/0 to 1000/);
    expect(previousWindows(window, 0, 0)).toEqual([]);
  });
});
