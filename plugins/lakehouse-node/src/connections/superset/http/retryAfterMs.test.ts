import { retryAfterMs } from './retryAfterMs';

describe('retryAfterMs', () => {
  const nowMs = Date.parse('2026-03-04T09:00:00Z');

  it.each([
    ['7', 7000],
    ['0', 0],
    ['Wed, 04 Mar 2026 09:00:05 GMT', 5000],
    ['Wed, 04 Mar 2026 08:00:00 GMT', 0],
    [undefined, 2000],
    ['soon', 2000],
  ])('reads %j', (header, ms) => {
    expect(retryAfterMs(header, 2, nowMs)).toBe(ms);
  });
});
