import { dataSizeBytes } from './dataSize';
import { formatBytes } from '../shared/formatBytes';

describe('dataSizeBytes', () => {
  it.each([
    ['0B', 0],
    ['1kB', 1024],
    ['100MB', 104_857_600],
    ['1.5 GB', 1_610_612_736],
    ['2TB', 2_199_023_255_552],
  ])('reads %s', (text, bytes) => {
    expect(dataSizeBytes(text)).toBe(bytes);
  });

  it.each(['', '100', '100mb', '-1MB', '1e3MB', "1MB' OR", 'MB'])(
    'refuses %s',
    text => {
      expect(dataSizeBytes(text)).toBeUndefined();
    },
  );
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1536, '1.5 KiB'],
    [300 * 1024 ** 2, '300 MiB'],
    [1.44 * 1024 ** 3, '1.4 GiB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});
