import { parseOpenMetrics } from './parseOpenMetrics';

describe('parseOpenMetrics', () => {
  it('reads plain samples and leaves out all else', () => {
    const page = [
      '# TYPE trino_a gauge',
      'trino_a 0.0',
      'trino_b 1.555247923E9',
      'trino_undefined NaN',
      'trino_endless +Inf',
      'trino_summary_count 11',
      'trino_summary{quantile="0.5"} 431.8',
      'trino_timed 3 1700000000.000',
      'not a sample at all',
      '# EOF',
    ].join('\n');
    expect(parseOpenMetrics(page)).toEqual(
      new Map([
        ['trino_a', 0],
        ['trino_b', 1_555_247_923],
        ['trino_summary_count', 11],
        ['trino_timed', 3],
      ]),
    );
  });
});
