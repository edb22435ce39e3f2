import fc from 'fast-check';
import { splitRange } from './splitRange';

const MINUTE_MS = 60_000;
const WIDTH_MS = {
  minute: MINUTE_MS,
  hour: 60 * MINUTE_MS,
  day: 1440 * MINUTE_MS,
};
const at = (text: string) => Date.parse(`2026-${text}:00Z`);

describe('splitting a time into buckets', () => {
  it('takes days where it can, hours and minutes at the ends', () => {
    expect(
      splitRange({ fromMs: at('11-01T22:58'), toMs: at('11-04T02:03') }),
    ).toEqual([
      { fromMs: at('11-01T22:58'), toMs: at('11-01T23:00'), width: 'minute' },
      { fromMs: at('11-01T23:00'), toMs: at('11-02T00:00'), width: 'hour' },
      { fromMs: at('11-02T00:00'), toMs: at('11-04T00:00'), width: 'day' },
      { fromMs: at('11-04T00:00'), toMs: at('11-04T02:00'), width: 'hour' },
      { fromMs: at('11-04T02:00'), toMs: at('11-04T02:03'), width: 'minute' },
    ]);
  });

  it('takes minutes alone within an hour, and nothing of nothing', () => {
    expect(
      splitRange({
        fromMs: at('11-01T22:10') + 1,
        toMs: at('11-01T22:20') - 1,
      }),
    ).toEqual([
      { fromMs: at('11-01T22:10'), toMs: at('11-01T22:20'), width: 'minute' },
    ]);
    expect(splitRange({ fromMs: 0, toMs: 0 })).toEqual([]);
    expect(splitRange({ fromMs: MINUTE_MS, toMs: 0 })).toEqual([]);
  });

  it('covers a range exactly, with the fewest buckets', () => {
    const minute = fc.integer({ min: -3_000_000, max: 3_000_000 });
    fc.assert(
      fc.property(
        minute,
        fc.integer({ min: 1, max: 6_000 }),
        (from, length) => {
          const range = {
            fromMs: from * MINUTE_MS,
            toMs: (from + length) * MINUTE_MS,
          };
          const runs = splitRange(range);
          expect(runs.length).toBeLessThanOrEqual(5);
          expect(runs[0].fromMs).toBe(range.fromMs);
          expect(runs[runs.length - 1].toMs).toBe(range.toMs);
          runs.slice(1).forEach((run, index) => {
            expect(run.fromMs).toBe(runs[index].toMs);
          });
          let buckets = 0;
          for (const { fromMs, toMs, width } of runs) {
            expect(Math.abs(fromMs % WIDTH_MS[width])).toBe(0);
            expect(Math.abs(toMs % WIDTH_MS[width])).toBe(0);
            buckets += (toMs - fromMs) / WIDTH_MS[width];
          }
          expect(buckets).toBe(fewest(range.fromMs, range.toMs));
        },
      ),
    );
  });

  it('refuses a range without bounds', () => {
    expect(() => splitRange({ fromMs: NaN, toMs: 1 })).toThrow(/no bounds/);
  });
});

/** Taking the widest bucket that fits at each place is best, since widths divide each other. */
function fewest(fromMs: number, toMs: number): number {
  let count = 0;
  let cursor = fromMs;
  while (cursor < toMs) {
    const place = cursor;
    cursor += [WIDTH_MS.day, WIDTH_MS.hour, WIDTH_MS.minute].find(
      width => place % width === 0 && place + width <= toMs,
    )!;
    count++;
  }
  return count;
}
