import fc from 'fast-check';
import { cutSpans } from './cutSpans';
import type { MsSpan } from './MsSpan';

const MINUTE_MS = 60_000;
const span = (from: number, to: number): MsSpan => ({
  fromMs: from * MINUTE_MS,
  toMs: to * MINUTE_MS,
});

describe('cutting times out of a time', () => {
  it.each([
    ['nothing', [], [span(0, 10)]],
    ['the middle', [span(3, 5)], [span(0, 3), span(5, 10)]],
    [
      'overlapping spans, unordered',
      [span(4, 6), span(2, 5)],
      [span(0, 2), span(6, 10)],
    ],
    ['spans that touch', [span(2, 4), span(4, 6)], [span(0, 2), span(6, 10)]],
    ['what reaches over both ends', [span(-5, 1), span(9, 20)], [span(1, 9)]],
    ['what lies outside', [span(-5, 0), span(10, 12)], [span(0, 10)]],
    ['all', [span(-1, 11)], []],
    ['a span that ends before it begins', [span(5, 3)], [span(0, 10)]],
  ])('%s', (_, excluded, left) => {
    expect(cutSpans(span(0, 10), excluded)).toEqual(left);
  });

  it('cuts out a minute that is excluded in part', () => {
    expect(
      cutSpans(span(0, 10), [
        { fromMs: 3 * MINUTE_MS + 1, toMs: 3 * MINUTE_MS + 2 },
      ]),
    ).toEqual([span(0, 3), span(4, 10)]);
  });

  it('widens the range to whole minutes', () => {
    expect(cutSpans({ fromMs: 1, toMs: MINUTE_MS + 1 }, [])).toEqual([
      span(0, 2),
    ]);
  });

  it('leaves each minute that is in no excluded span, once', () => {
    const part = fc
      .tuple(
        fc.integer({ min: -20, max: 120 }),
        fc.integer({ min: -5, max: 40 }),
      )
      .map(([from, length]) => span(from, from + length));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), excluded => {
        const left = cutSpans(span(0, 100), excluded);
        const minutes = left.flatMap(({ fromMs, toMs }) =>
          Array.from(
            { length: (toMs - fromMs) / MINUTE_MS },
            (_, index) => fromMs / MINUTE_MS + index,
          ),
        );
        const wanted = Array.from(
          { length: 100 },
          (_, minute) => minute,
        ).filter(
          minute =>
            !excluded.some(
              ({ fromMs, toMs }) =>
                minute * MINUTE_MS >= fromMs && minute * MINUTE_MS < toMs,
            ),
        );
        expect(minutes).toEqual(wanted);
        left.slice(1).forEach((each, index) => {
          expect(each.fromMs).toBeGreaterThan(left[index].toMs);
        });
      }),
    );
  });

  it('refuses a range without bounds', () => {
    expect(() => cutSpans({ fromMs: 0, toMs: Infinity }, [])).toThrow(
      /no bounds/,
    );
    expect(() => cutSpans(span(0, 1), [{ fromMs: 0, toMs: NaN }])).toThrow(
      /no bounds/,
    );
  });
});
