import { windowSlices } from './windowSlices';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const at = (text: string) => Date.parse(`2026-${text}:00Z`);
const november = { fromMs: at('11-01T00:00'), toMs: at('12-01T00:00') };

describe('slices of a window', () => {
  it.each([
    ['minutes of a month of 30 days', november, MINUTE_MS, 43_200],
    ['hours of it', november, HOUR_MS, 720],
    [
      'hours of a month in Kolkata, half an hour off: those that begin in it',
      { fromMs: at('10-31T18:30'), toMs: at('11-30T18:30') },
      HOUR_MS,
      720,
    ],
    [
      'days of Berlin’s October, which has an hour more',
      { fromMs: at('09-30T22:00'), toMs: at('10-31T23:00') },
      24 * HOUR_MS,
      31,
    ],
    ['of nothing', { fromMs: 0, toMs: 0 }, MINUTE_MS, 0],
  ])('%s', (_, span, sliceMs, count) => {
    expect(windowSlices({ span, sliceMs })).toBe(count);
  });

  it('leaves out those that are excluded whole, and keeps those in part', () => {
    const excluded = [
      { fromMs: at('11-02T10:30'), toMs: at('11-02T13:15') },
      { fromMs: at('11-02T13:15'), toMs: at('11-02T13:30') },
      { fromMs: at('10-02T00:00'), toMs: at('10-03T00:00') },
    ];
    // 11:00 and 12:00 are gone whole; 10:00 and 13:00 still have half an hour.
    expect(windowSlices({ span: november, sliceMs: HOUR_MS, excluded })).toBe(
      718,
    );
    expect(windowSlices({ span: november, sliceMs: MINUTE_MS, excluded })).toBe(
      43_200 - 180,
    );
  });

  it('counts a slice once that two exclusions cut to pieces', () => {
    const excluded = [
      { fromMs: at('11-02T10:10'), toMs: at('11-02T10:20') },
      { fromMs: at('11-02T10:30'), toMs: at('11-02T10:40') },
    ];
    expect(windowSlices({ span: november, sliceMs: HOUR_MS, excluded })).toBe(
      720,
    );
  });

  it('refuses slices without length', () => {
    expect(() => windowSlices({ span: november, sliceMs: 0 })).toThrow(
      /no length/,
    );
  });
});
