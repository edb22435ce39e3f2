import {
  formatAge,
  formatBytes,
  formatCount,
  formatDuration,
  formatNumberOf,
  formatShare,
  NOT_OBSERVED,
} from './formatters';

describe('formatters', () => {
  it.each([
    [undefined, NOT_OBSERVED],
    [0, '0 B'],
    [999, '999 B'],
    [1024, '1 KiB'],
    [1_536, '1.5 KiB'],
    [1_047_552, '1023 KiB'],
    [1_048_500, '1 MiB'],
    [104_857_600, '100 MiB'],
    [2_093_796_557, '1.95 GiB'],
    [5 * 1024 ** 5, '5 PiB'],
    [5_000 * 1024 ** 5, '5000 PiB'],
  ])('formats %s bytes as %s', (sizeBytes, text) => {
    expect(formatBytes(sizeBytes)).toBe(text);
  });

  it.each([
    [undefined, NOT_OBSERVED],
    [0, '0 ms'],
    [820, '820 ms'],
    [12_400, '12.4 s'],
    [59_940, '59.9 s'],
    [59_960, '1 m 00 s'],
    [185_000, '3 m 05 s'],
    [4_800_000, '1 h 20 m'],
    [86_400_000, '1 d 0 h'],
    [-5, '0 ms'],
  ])('formats %s ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it.each([
    [undefined, NOT_OBSERVED],
    [0, '0 %'],
    [0.0004, '<0.1 %'],
    [0.004, '0.4 %'],
    [0.37, '37 %'],
    [0.9996, '99.9 %'],
    [1, '100 %'],
  ])('formats the share %s as %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  it('tells zero from nothing', () => {
    expect(formatCount(0)).toBe('0');
    expect(formatCount(undefined)).toBe(NOT_OBSERVED);
  });

  it('counts in words', () => {
    expect(formatNumberOf(1, 'table')).toBe('1 table');
    expect(formatNumberOf(1_042, 'query', 'queries')).toBe('1,042 queries');
  });

  it.each([
    [-1, '0 s'],
    [59_999, '59 s'],
    [420_000, '7 min'],
    [7_200_000, '2 h'],
    [12 * 86_400_000, '12 d'],
  ])('formats an age of %s ms as %s', (ms, text) => {
    expect(formatAge(ms)).toBe(text);
  });
});
