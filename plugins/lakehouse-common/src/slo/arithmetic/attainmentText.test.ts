import { attainmentText } from './attainmentText';

describe('attainmentText', () => {
  it.each([
    [0.99685, 0.995, '99.685 %'],
    [0.7398, 0.8, '73.98 %'],
    [0.739, 0.8, '73.9 %'],
    [1, 0.999, '100 %'],
    [0, 0.9, '0 %'],
    [0.999, 0.999, '99.9 %'],
    [0.9999999999, 0.99999, '99.99999 %'],
  ])('writes %d of %d as %s', (attainment, target, text) => {
    expect(attainmentText(attainment, target)).toBe(text);
  });

  it.each([
    [0.994996, 0.995, '99.499 %'],
    [0.99499999, 0.995, '99.499 %'],
    [0.9949999999999, 0.995, '99.499 %'],
    [0.899999999, 0.9, '89.99 %'],
  ])(
    'never rounds what was missed up to the target: %d of %d',
    (a, t, text) => {
      expect(attainmentText(a, t)).toBe(text);
    },
  );
});
