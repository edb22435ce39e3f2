import {
  parseTarget,
  placeToTarget,
  roundThreshold,
  TARGET_PLACES,
  targetText,
  targetToPlace,
} from './targetScale';

describe('the slider of targets', () => {
  it.each([0.9, 0.95, 0.99, 0.995, 0.999, 0.9995, 0.9999])(
    'comes back to %d',
    target => {
      expect(placeToTarget(targetToPlace(target))).toBeCloseTo(target, 6);
    },
  );

  it('never promises all, nor as good as nothing', () => {
    expect(placeToTarget(99)).toBeLessThan(1);
    expect(placeToTarget(-5)).toBe(0.5);
    expect(TARGET_PLACES.max).toBeGreaterThan(TARGET_PLACES.min);
  });
});

describe('a target that was typed', () => {
  it.each([
    ['99.5', 0.995],
    [' 99,9 % ', 0.999],
    ['100', undefined],
    ['0', undefined],
    ['', undefined],
    ['many', undefined],
    ['-1', undefined],
  ])('reads %s as %d', (text, target) => {
    expect(parseTarget(text)).toBe(target);
  });

  it('is written as it is read', () => {
    expect(targetText(0.995)).toBe('99.5');
    expect(parseTarget(targetText(0.9999))).toBe(0.9999);
  });
});

it('rounds thresholds to figures that people use', () => {
  expect(roundThreshold(512.37)).toBe(512);
  expect(roundThreshold(1_234.5)).toBe(1_230);
  expect(roundThreshold(0.1234)).toBe(0.12);
});
