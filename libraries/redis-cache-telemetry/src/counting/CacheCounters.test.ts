import { CacheCounters } from './CacheCounters';

function counters(
  options: { maxPrefixes?: number; maxKeysInFlight?: number } = {},
) {
  let nowMs = 0;
  const counted = CacheCounters.create({
    prefixOf: key => `${key.split(':')[0]}:`,
    maxPrefixes: 100,
    maxKeysInFlight: 100,
    fillTimeoutMs: 60_000,
    nowMs: () => nowMs,
    ...options,
  });
  return {
    counted,
    after: (ms: number) => {
      nowMs += ms;
      return counted;
    },
    window: () => {
      const { prefixes, prefixesCutOff } = counted.endWindow();
      return {
        prefixesCutOff,
        of: (prefix: string) => prefixes.find(one => one.prefix === prefix),
        names: prefixes.map(one => one.prefix),
      };
    },
  };
}

describe('CacheCounters', () => {
  it('times a fill from the first miss to the write', () => {
    const { after, window } = counters();
    after(0).missed('a:1');
    after(20).missed('a:1');
    after(20).written('a:1');
    after(5).written('a:1');
    const { counts } = window().of('a:') ?? {};
    expect(counts).toMatchObject({
      misses: 2,
      writes: 2,
      duplicateMisses: 1,
      fills: 1,
      fillMs: 40,
    });
    expect(counts?.fillCounts.indexOf(1)).toBe(5);
  });

  it('takes no fill of someone else for its own', () => {
    const { after, window } = counters();
    after(0).missed('a:1');
    after(10).hit('a:1');
    after(10).written('a:1');
    expect(window().of('a:')?.counts.fills).toBe(0);
  });

  it('makes no stampede of a key that nobody fills', () => {
    const { after, window } = counters();
    for (let poll = 0; poll < 10; poll += 1) after(6_000).missed('a:gone');
    expect(window().of('a:')?.counts).toMatchObject({
      misses: 10,
      duplicateMisses: 0,
    });
  });

  it('learns how long fills of a prefix take', () => {
    const { after, window } = counters();
    after(0).missed('a:1');
    after(2_000).written('a:1');
    after(0).missed('a:2');
    after(3_900).missed('a:2');
    after(200).missed('a:2');
    expect(window().of('a:')?.counts.duplicateMisses).toBe(1);
  });

  it('counts a miss as duplicate though the fill never succeeds', () => {
    const { after, window } = counters();
    for (let request = 0; request < 8; request += 1) after(10).missed('a:1');
    expect(window().of('a:')).toMatchObject({
      counts: { duplicateMisses: 7, fills: 0 },
      hotKeys: [{ key: 'a:1', concurrentMisses: 8 }],
    });
  });

  it('takes no late write for a fill', () => {
    const { after, window, counted } = counters();
    after(0).missed('a:1');
    after(60_001).written('a:1');
    expect(window().of('a:')?.counts.fills).toBe(0);
    expect(counted.totals().keysInFlight).toBe(0);
  });

  it('tracks a bounded number of keys and tells how many it let go', () => {
    const { counted, after } = counters({ maxKeysInFlight: 3 });
    for (let key = 0; key < 5; key += 1) after(1).missed(`a:${key}`);
    expect(counted.totals()).toMatchObject({
      keysInFlight: 3,
      keysForgotten: 2,
    });
    after(60_002).endWindow();
    expect(counted.totals().keysInFlight).toBe(0);
  });

  it('sums prefixes beyond the limit and tells how many', () => {
    const { counted, window } = counters({ maxPrefixes: 2 });
    for (const key of ['a:1', 'b:1', 'c:1', 'c:2', 'd:1']) counted.written(key);
    const first = window();
    expect(first.prefixesCutOff).toBe(2);
    expect(first.names.sort()).toEqual(['b:', 'other']);
    expect(first.of('other')?.counts.writes).toBe(4);
  });

  it('gives the place of a little used prefix to a more used one, and loses nothing', () => {
    const { counted, window } = counters({ maxPrefixes: 2 });
    counted.hit('a:1');
    for (const key of ['b:1', 'b:2', 'c:1', 'c:2', 'c:3']) counted.hit(key);
    window();
    counted.hit('c:1');
    expect(window().of('c:')?.counts.hits).toBe(1);
    const { prefixes } = counted.totals();
    expect(prefixes.map(one => one.prefix)).toEqual(['b:', 'c:', 'other']);
    expect(prefixes.reduce((sum, one) => sum + one.counts.hits, 0)).toBe(7);
  });

  it('begins each window at nothing and keeps totals', () => {
    const { counted, window } = counters();
    counted.hit('a:1');
    window();
    expect(window().names).toEqual([]);
    expect(counted.totals().prefixes[0].counts.hits).toBe(1);
  });
});
