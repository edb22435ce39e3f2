import { DDSketch } from '@datadog/sketches-js';
import fc from 'fast-check';
import {
  binValueMs,
  goodShareOfBins,
  latencyBin,
  type LatencyBin,
  quantileOfBins,
  ZERO_LATENCY_BIN,
} from './latencySketch';

function sketch(values: readonly number[]): LatencyBin[] {
  const counts = new Map<number, number>();
  for (const value of values) {
    const bin = latencyBin(value)!;
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  return [...counts].map(([bin, count]) => ({ bin, count }));
}

function merge(...sketches: LatencyBin[][]): LatencyBin[] {
  const counts = new Map<number, number>();
  for (const { bin, count } of sketches.flat()) {
    counts.set(bin, (counts.get(bin) ?? 0) + count);
  }
  return [...counts].map(([bin, count]) => ({ bin, count }));
}

const latency = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 1, max: 86_400_000 }),
  fc.double({ min: 1e-3, max: 1e9, noNaN: true }),
);
const latencies = fc.array(latency, { minLength: 1, maxLength: 300 });

describe('latency sketch', () => {
  it.each([
    // ⌈ln ms / ln(1.01/0.99)⌉, ln(1.01/0.99) = 0.02000066670667
    [1, 0], // ln 1 = 0
    [2, 35], // 0.693147 / 0.0200007 = 34.66
    [500, 311], // 6.214608 / 0.0200007 = 310.72
    [60_000, 551], // 11.002100 / 0.0200007 = 550.09
    [0.5, -34], // −0.693147 / 0.0200007 = −34.66
    [0, ZERO_LATENCY_BIN],
  ])('%s ms is in bin %s', (ms, bin) => {
    expect(latencyBin(ms)).toBe(bin);
  });

  it.each([NaN, -1, Infinity, -Infinity])('%s is no latency', ms => {
    expect(latencyBin(ms)).toBeUndefined();
  });

  it('stands for each value within 1 %', () => {
    fc.assert(
      fc.property(latency, ms => {
        const stood = binValueMs(latencyBin(ms)!);
        expect(Math.abs(stood - ms)).toBeLessThanOrEqual(
          0.01 * ms * (1 + 1e-9),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells quantiles within 1 % of the value of that rank, and as DDSketch does', () => {
    fc.assert(
      fc.property(
        latencies,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, q) => {
          const told = quantileOfBins(sketch(values), q)!;
          const sorted = [...values].sort((a, b) => a - b);
          const exact = sorted[Math.floor(q * (values.length - 1))];
          expect(Math.abs(told - exact)).toBeLessThanOrEqual(
            0.01 * exact * (1 + 1e-9),
          );

          const reference = new DDSketch({ relativeAccuracy: 0.01 });
          values.forEach(value => reference.accept(value));
          expect(
            Math.abs(told - reference.getValueAtQuantile(q)),
          ).toBeLessThanOrEqual(0.02 * exact * (1 + 1e-9));
        },
      ),
    );
  });

  it('has the bins of DDSketch', () => {
    const { mapping } = new DDSketch({ relativeAccuracy: 0.01 });
    for (let ms = 1; ms < 100_000; ms += 7) {
      expect(latencyBin(ms)).toBe(mapping.key(ms));
      expect(binValueMs(latencyBin(ms)!)).toBeCloseTo(
        mapping.value(mapping.key(ms)),
        6,
      );
    }
  });

  it('merges: two sketches together are that of all values', () => {
    fc.assert(
      fc.property(latencies, latencies, (one, two) => {
        const merged = merge(sketch(one), sketch(two));
        const whole = sketch([...one, ...two]);
        for (const q of [0, 0.5, 0.95, 0.99, 1]) {
          expect(quantileOfBins(merged, q)).toBe(quantileOfBins(whole, q));
        }
      }),
    );
  });

  it('tells the share within a threshold, exactly but for one bin', () => {
    fc.assert(
      fc.property(latencies, latency, (values, threshold) => {
        const told = goodShareOfBins(sketch(values), threshold)!;
        const exact =
          values.filter(value => value <= threshold).length / values.length;
        expect(told.low).toBeLessThanOrEqual(exact);
        expect(told.high).toBeGreaterThanOrEqual(exact);
        expect(told.share).toBeGreaterThanOrEqual(told.low);
        expect(told.share).toBeLessThanOrEqual(told.high);
        expect(told.total).toBe(values.length);
      }),
      { numRuns: 500 },
    );
    expect(goodShareOfBins(sketch([100, 200, 300, 5_000]), 1_000)?.share).toBe(
      0.75,
    );
  });

  it('tells nothing of nothing', () => {
    expect(quantileOfBins([], 0.5)).toBeUndefined();
    expect(quantileOfBins([{ bin: 3, count: NaN }], 0.5)).toBeUndefined();
    expect(goodShareOfBins([{ bin: 3, count: 0 }], 1)).toBeUndefined();
    expect(() => quantileOfBins([], 95)).toThrow(/0 to 1/);
    expect(() => goodShareOfBins([], NaN)).toThrow(/no latency/);
  });
});
