import { parseTrinoDuration } from './parseTrinoDuration';

describe('parseTrinoDuration', () => {
  it.each([
    ['0.00ns', 0],
    ['153.47us', 0.15347],
    ['537.42us', 0.53742],
    ['2.65ms', 2.65],
    ['42.58s', 42_580],
    ['1.03m', 61_800],
    ['2.00h', 7_200_000],
    ['1.5d', 129_600_000],
    ['3d', 259_200_000],
    [' 1s ', 1000],
  ])('reads %s', (text, ms) => {
    expect(parseTrinoDuration(text)).toBeCloseTo(ms, 6);
  });

  it.each(['', '5', 's', '-1s', '1.s', '1 week', '1s2', 'NaNs'])(
    'does not read %j',
    text => {
      expect(parseTrinoDuration(text)).toBeUndefined();
    },
  );
});
