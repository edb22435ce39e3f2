import { parseTrinoDataSize } from './parseTrinoDataSize';

describe('parseTrinoDataSize', () => {
  it.each([
    ['0B', 0],
    ['10488440B', 10_488_440],
    ['1.2kB', 1229],
    ['1kB', 1024],
    ['512MB', 536_870_912],
    ['1.50GB', 1_610_612_736],
    ['2TB', 2_199_023_255_552],
    ['1PB', 1_125_899_906_842_624],
  ])('reads %s', (text, bytes) => {
    expect(parseTrinoDataSize(text)).toBe(bytes);
  });

  it.each(['', '5', 'B', '-1B', '1KB', '1 EB', '1B2'])(
    'does not read %j',
    text => {
      expect(parseTrinoDataSize(text)).toBeUndefined();
    },
  );
});
