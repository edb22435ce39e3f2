import fc from 'fast-check';
import {
  formatDurationShorthand,
  nominalDurationMs,
  parseDurationShorthand,
} from './durationShorthand';

describe('OpenSLO durations', () => {
  it.each([
    ['5m', { count: 5, unit: 'minute' }, 300_000],
    ['1h', { count: 1, unit: 'hour' }, 3_600_000],
    ['30d', { count: 30, unit: 'day' }, 2_592_000_000],
    ['4w', { count: 4, unit: 'week' }, 2_419_200_000],
    ['1M', { count: 1, unit: 'month' }, 2_592_000_000],
    ['1Q', { count: 1, unit: 'quarter' }, 7_776_000_000],
    ['1Y', { count: 1, unit: 'year' }, 31_536_000_000],
    ['366d', { count: 366, unit: 'day' }, 31_622_400_000],
    ['0m', { count: 0, unit: 'minute' }, 0],
    [5, { count: 5, unit: 'minute' }, 300_000],
  ])('reads %s', (text, duration, ms) => {
    expect(parseDurationShorthand(text)).toEqual(duration);
    expect(nominalDurationMs(parseDurationShorthand(text))).toBe(ms);
  });

  it.each(['', 'd', '5 m', '-5m', '1.5h', '5s', '5D', '1h30m', 1.5, NaN])(
    'refuses %j and says how to write it',
    text => {
      expect(() => parseDurationShorthand(text)).toThrow(
        /such as 5m, 28d or 1M/,
      );
    },
  );

  it.each([
    [0, '0m'],
    [60_000, '1m'],
    [5_400_000, '90m'],
    [21_600_000, '6h'],
    [86_400_000, '1d'],
    [2_419_200_000, '28d'],
  ])('writes %s ms', (ms, text) => {
    expect(formatDurationShorthand(ms)).toBe(text);
  });

  it.each([1_500, -60_000, NaN])('refuses to write %s ms', ms => {
    expect(() => formatDurationShorthand(ms)).toThrow(/whole minutes/);
  });

  it('reads back whatever it wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000_000 }), minutes => {
        const text = formatDurationShorthand(minutes * 60_000);
        expect(nominalDurationMs(parseDurationShorthand(text))).toBe(
          minutes * 60_000,
        );
      }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 999 }),
        fc.constantFrom('m', 'h', 'd', 'w', 'M', 'Q', 'Y'),
        (count, postfix) => {
          const text = `${count}${postfix}`;
          expect(formatDurationShorthand(parseDurationShorthand(text))).toBe(
            text,
          );
        },
      ),
    );
  });
});
