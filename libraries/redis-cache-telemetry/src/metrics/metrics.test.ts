import { CacheCounters } from '../counting/CacheCounters';
import { cacheMetrics } from './cacheMetrics';
import { formatMetrics } from './formatMetrics';
import { registerMetrics } from './registerMetrics';

function counted() {
  let nowMs = 0;
  const counters = CacheCounters.create({
    prefixOf: key => key.slice(0, key.indexOf(':') + 1),
    maxPrefixes: 10,
    maxKeysInFlight: 10,
    fillTimeoutMs: 1_000,
    nowMs: () => nowMs,
  });
  counters.missed('a"b\\\n:1');
  nowMs = 40;
  counters.written('a"b\\\n:1');
  return () => cacheMetrics(counters, { sent: 3, dropped: 0, refused: 0 });
}

describe('metrics', () => {
  it('are told in the text format of Prometheus', () => {
    const text = formatMetrics(counted()());
    expect(text).toContain(
      [
        '# HELP lakehouse_cache_misses_total Reads that found none',
        '# TYPE lakehouse_cache_misses_total counter',
        'lakehouse_cache_misses_total{prefix="a\\"b\\\\\\n:"} 1',
        '',
      ].join('\n'),
    );
    expect(text).toContain(
      'lakehouse_cache_pushed_windows_total{result="sent"} 3',
    );
  });

  it('have a cumulative histogram of fills in seconds', () => {
    const lines = formatMetrics(counted()())
      .split('\n')
      .filter(line => /^lakehouse_cache_fill_seconds.*"a/.test(line))
      .map(line => line.replace(/\{prefix="[^,}]*/, '{'));
    expect(lines).toContain(
      'lakehouse_cache_fill_seconds_bucket{,le="0.025"} 0',
    );
    expect(lines).toContain(
      'lakehouse_cache_fill_seconds_bucket{,le="0.05"} 1',
    );
    expect(lines).toContain(
      'lakehouse_cache_fill_seconds_bucket{,le="+Inf"} 1',
    );
    expect(lines).toContain('lakehouse_cache_fill_seconds_sum{} 0.04');
    expect(lines).toContain('lakehouse_cache_fill_seconds_count{} 1');
  });

  it('are read anew by a registry at each scrape, under the name it gives them', async () => {
    const registered: Array<{ name?: string; get(): Promise<unknown> }> = [];
    registerMetrics(
      { registerMetric: metric => registered.push(metric) },
      counted(),
    );
    const [hits] = registered;
    hits.name = 'lakehouse_cache_hits';
    expect(await hits.get()).toMatchObject({
      name: 'lakehouse_cache_hits',
      type: 'counter',
      values: [{ labels: expect.any(Object), value: 0 }],
    });
  });
});
