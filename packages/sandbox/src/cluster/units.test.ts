import fc from 'fast-check';
import { formatDuration, parseDataSize, parseDuration } from './units';

describe('units', () => {
  it.each([
    [0, '0.00ns'],
    [0.5374, '537.40us'],
    [144.69, '144.69ms'],
    [2_540, '2.54s'],
    [627_600, '10.46m'],
    [8_640_000_000, '100.00d'],
  ])('writes %s ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('reads what it writes, to two digits of the unit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), ms => {
        const read = parseDuration(formatDuration(ms)) ?? NaN;
        expect(Math.abs(read - ms) / ms).toBeLessThan(0.01);
      }),
    );
  });

  it.each([
    ['100MB', 104_857_600],
    ['1.5kB', 1536],
    ['12B', 12],
    ['abc', undefined],
    ['10 parsecs', undefined],
  ])('reads the size %s', (text, bytes) => {
    expect(parseDataSize(text)).toBe(bytes);
  });

  it('does not read a duration without a unit', () => {
    expect(parseDuration('7')).toBeUndefined();
  });
});
