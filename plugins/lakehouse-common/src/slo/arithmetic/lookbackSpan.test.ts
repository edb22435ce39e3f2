import { lookbackSpan } from './lookbackSpan';

const MINUTE_MS = 60_000;

it.each([
  ['a running minute does not count', 90_001, 60_000, undefined, 0, 60_000],
  [
    'whole slices',
    7 * MINUTE_MS,
    3 * MINUTE_MS,
    5 * MINUTE_MS,
    0,
    5 * MINUTE_MS,
  ],
  [
    'an hour in slices of 5 m',
    66 * MINUTE_MS,
    60 * MINUTE_MS,
    5 * MINUTE_MS,
    5 * MINUTE_MS,
    65 * MINUTE_MS,
  ],
])('lookbacks: %s', (_, atMs, lookbackMs, sliceMs, fromMs, toMs) => {
  expect(lookbackSpan({ atMs, lookbackMs, sliceMs })).toEqual({ fromMs, toMs });
});

it('lookbacks have a length', () => {
  expect(() => lookbackSpan({ atMs: 0, lookbackMs: 0 })).toThrow(
    /covers nothing/,
  );
});
