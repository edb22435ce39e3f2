import { formatValue, numericValue } from './formatValue';

describe('formatValue', () => {
  it.each([
    [undefined, 'files', '–'],
    [0, 'files', '0'],
    [1042, 'files', '1,042'],
    ['9007199254740993', 'text', '9007199254740993'],
    ['RUNNING', 'count', 'RUNNING'],
    [0, 'bytes', '0 B'],
    [1023, 'bytes', '1023 B'],
    [1536, 'bytes', '1.5 KiB'],
    ['134217728', 'bytes', '128 MiB'],
    [820, 'ms', '820 ms'],
    [12_400, 'ms', '12.4 s'],
    [59_960, 'ms', '60.0 s'],
    [185_000, 'ms', '3 m 05 s'],
    [7_500_000, 'ms', '2 h 05 m'],
    [12.34, 'percent', '12.3 %'],
  ] as const)('says %p %s as %s', (value, unit, said) => {
    expect(formatValue(value, unit)).toBe(said);
  });

  it.each([
    ['', undefined],
    ['  ', undefined],
    ['12', 12],
    ['x', undefined],
    [Number.NaN, undefined],
  ])('reads %p as the number %p', (value, number) => {
    expect(numericValue(value)).toBe(number);
  });
});
