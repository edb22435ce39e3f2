import { PrefixCounts } from './PrefixCounts';
import { createPrefixesOf } from './prefixOf';
import { ScanPace } from './ScanPace';
import { summarizePass } from './summarizePass';

describe('createPrefixesOf', () => {
  const prefixesOf = createPrefixesOf({
    known: ['superset_', 'shop:', 'shop:cart:eu:', 'other'],
    separators: [':', '/'],
  });

  it.each([
    ['api:commits:17', ['api:', 'api:commits:']],
    ['api/commits/17', ['api/', 'api/commits/']],
    ['user:17:name', ['user:']],
    ['session:abc', ['session:']],
    ['plain', []],
    ['other', []],
    ['superset_0123', ['superset_']],
    ['shop:cart:eu:1', ['shop:cart:eu:']],
    ['shop:cart:us:1', ['shop:']],
    ['', []],
    [`${'x'.repeat(300)}:1`, []],
  ])('counts %s under %j', (key, expected) => {
    expect(prefixesOf(key)).toEqual(expected);
  });
});

describe('PrefixCounts', () => {
  const counted = (counts: PrefixCounts) =>
    Object.fromEntries(
      counts.entries().map(([prefix, { keys }]) => [prefix, keys]),
    );

  it('tells second parts apart', () => {
    const counts = new PrefixCounts();
    counts.add(['a:', 'a:b:'], { ttlMs: 1 });
    counts.add(['a:', 'a:c:'], { ttlMs: 1 });
    counts.add(['a:'], { ttlMs: 1 });
    counts.add([], { ttlMs: 1 });
    expect(counted(counts)).toEqual({
      'a:': 1,
      'a:b:': 1,
      'a:c:': 1,
      other: 1,
    });
  });

  it('counts second parts together that are too many, and loses no key', () => {
    const counts = new PrefixCounts();
    for (let key = 0; key < 1000; key += 1) {
      counts.add(['user:', `user:${'x'.repeat(key % 200)}:`], { ttlMs: -1 });
    }
    expect(counted(counts)).toEqual({ 'user:': 1000 });
  });

  it('is bounded whatever keys are called', () => {
    const counts = new PrefixCounts();
    for (let key = 0; key < 5000; key += 1) {
      counts.add([`p${key}:`], { ttlMs: -1 });
    }
    expect(counts.entries()).toHaveLength(501);
    expect(counted(counts).other).toBe(4500);
  });
});

describe('summarizePass', () => {
  const at = { scannedAt: '2026-11-21T10:00:00Z', wanted: new Set<string>() };
  const countsOf = (keys: Record<string, number>, bytes?: number) => {
    const counts = new PrefixCounts();
    for (const [prefix, count] of Object.entries(keys)) {
      for (let key = 0; key < count; key += 1) {
        counts.add([prefix], {
          ttlMs: key % 2 ? 5000 : -1,
          bytes: key === 0 ? bytes : undefined,
        });
      }
    }
    return counts;
  };

  it('tells what was seen when all was seen', () => {
    expect(
      summarizePass(
        [
          { counts: countsOf({ 'a:': 4 }, 100), totalKeys: 4, complete: true },
          { counts: countsOf({ 'a:': 2 }, 200), totalKeys: 9, complete: true },
        ],
        at,
      ),
    ).toEqual([
      {
        prefix: 'a:',
        keyspace: {
          scannedAt: at.scannedAt,
          sampledKeys: 6,
          complete: true,
          keys: 6,
          sizeBytes: 900,
          withoutTtl: 3,
          ttl: [3, 0, 0, 0, 0],
        },
      },
    ]);
  });

  it('scales up what was seen of a part', () => {
    const [{ keyspace }] = summarizePass(
      [
        { counts: countsOf({ 'a:': 10 }), totalKeys: 100, complete: false },
        { counts: countsOf({ 'a:': 20 }), totalKeys: 100, complete: false },
      ],
      at,
    );
    expect(keyspace).toEqual({
      scannedAt: at.scannedAt,
      sampledKeys: 30,
      complete: false,
      keys: 200,
      withoutTtl: 100,
      ttl: [100, 0, 0, 0, 0],
    });
  });

  it('takes a node that was not seen yet to be like the others', () => {
    const [{ keyspace }] = summarizePass(
      [
        { counts: countsOf({ 'a:': 10 }), totalKeys: 100, complete: false },
        { counts: new PrefixCounts(), totalKeys: 300, complete: false },
      ],
      at,
    );
    expect(keyspace).toMatchObject({ keys: 400, complete: false });
  });

  it('keeps wanted prefixes and the largest, and sums the rest', () => {
    const keys: Record<string, number> = { 'small:': 1 };
    for (let index = 0; index < 300; index += 1) keys[`p${index}:`] = 2;
    const told = summarizePass(
      [{ counts: countsOf(keys), totalKeys: 601, complete: true }],
      { ...at, wanted: new Set(['small:']) },
    );
    expect(told).toHaveLength(200);
    expect(told[0].prefix).toBe('small:');
    expect(told.at(-1)).toMatchObject({ prefix: 'other' });
    expect(told.reduce((sum, { keyspace }) => sum + keyspace.keys, 0)).toBe(
      601,
    );
  });

  it('tells nothing of an empty cache', () => {
    expect(
      summarizePass(
        [{ counts: new PrefixCounts(), totalKeys: 0, complete: true }],
        at,
      ),
    ).toEqual([]);
  });
});

describe('ScanPace', () => {
  it('asks for more of a quick server, within a bound', () => {
    const pace = new ScanPace();
    for (let step = 0; step < 100; step += 1) {
      expect(pace.answered(pace.count * 0.01)).toBeGreaterThanOrEqual(2);
    }
    expect(pace.count).toBe(200);
  });

  it('asks for less and waits longer when answers take longer', () => {
    const pace = new ScanPace();
    const usual = pace.answered(1);
    const before = pace.count;
    const busy = pace.answered(20);
    expect(pace.count).toBeLessThan(before);
    expect(busy).toBeGreaterThan(usual * 5);
    for (let step = 0; step < 100; step += 1) pace.answered(1000);
    expect(pace.count).toBeGreaterThanOrEqual(10);
    expect(pace.answered(100_000)).toBeLessThanOrEqual(250);
  });
});
