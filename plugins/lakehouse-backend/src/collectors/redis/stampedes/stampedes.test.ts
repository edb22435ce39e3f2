import type {
  CacheSample,
  Stampede,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { DuplicateMisses } from '../../../observations/SystemReads';
import { continueStampede } from './continueStampede';
import { describeStampede } from './describeStampede';
import { findDuplicateMisses } from './findDuplicateMisses';
import { findExpirySpikes } from './findExpirySpikes';
import { isRiseOfQueries } from './isRiseOfQueries';

const AT = Date.parse('2026-11-21T10:00:00Z');
const iso = (seconds: number) => new Date(AT + seconds * 1000).toISOString();

describe('findDuplicateMisses', () => {
  const told = (
    endSeconds: number,
    misses: Record<string, number>,
    overrides: Partial<DuplicateMisses> = {},
  ): DuplicateMisses => ({
    prefix: 'stats:',
    instance: 'i',
    at: iso(endSeconds),
    windowSeconds: 10,
    misses: 50,
    duplicateMisses: 20,
    hotKeys: Object.entries(misses).map(([key, concurrentMisses]) => ({
      key,
      concurrentMisses,
    })),
    ...overrides,
  });
  const find = (...reports: DuplicateMisses[]) =>
    findDuplicateMisses(reports, { threshold: 5 }).map(
      ({ prefix, startMs, lastSeenMs, keys, duplicateMisses }) => ({
        prefix,
        from: (startMs - AT) / 1000,
        to: (lastSeenMs - AT) / 1000,
        keys: keys.map(
          ({ key, concurrentMisses }) => `${key}=${concurrentMisses}`,
        ),
        duplicateMisses,
      }),
    );

  it.each<[string, DuplicateMisses[]]>([
    ['no reports', []],
    ['too few misses of each key', [told(10, { a: 4, b: 4 })]],
    ['no key by name', [told(10, {})]],
    [
      'too few of each key in each window',
      [told(10, { a: 4 }), told(20, { a: 4 })],
    ],
  ])('finds none in %s', (_, reports) => {
    expect(find(...reports)).toEqual([]);
  });

  it('finds one in a window with enough misses of one key', () => {
    expect(find(told(10, { a: 4, b: 5 }))).toEqual([
      {
        prefix: 'stats:',
        from: 0,
        to: 10,
        keys: ['b=5', 'a=4'],
        duplicateMisses: 20,
      },
    ]);
  });

  it('adds up instances in the same window', () => {
    expect(
      find(
        told(10, { a: 3 }, { instance: 'x' }),
        told(12, { a: 3 }, { instance: 'y' }),
      ),
    ).toEqual([
      {
        prefix: 'stats:',
        from: 0,
        to: 12,
        keys: ['a=6'],
        duplicateMisses: 40,
      },
    ]);
  });

  it('joins windows that follow, and tells others apart', () => {
    expect(
      find(
        told(10, { a: 5 }),
        told(20, { a: 9 }),
        told(30, { b: 1 }),
        told(40, { b: 7 }),
        told(100, { a: 6 }),
        told(15, { z: 8 }, { prefix: 'other' }),
      ).map(({ prefix, from, to, keys }) => [prefix, from, to, keys]),
    ).toEqual([
      ['stats:', 0, 40, ['a=9', 'b=7']],
      ['other', 5, 15, ['z=8']],
      ['stats:', 90, 100, ['a=6']],
    ]);
  });

  it('tells the same in any order of reports', () => {
    const reports = [
      told(10, { a: 5 }),
      told(20, { a: 9 }),
      told(80, { b: 7 }),
    ];
    expect(find(...[...reports].reverse())).toEqual(find(...reports));
  });

  it('keeps ten keys', () => {
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`k${index}`, 5 + index]),
    );
    const [{ keys }] = find(told(10, many));
    expect(keys).toHaveLength(10);
    expect(keys[0]).toBe('k29=34');
  });
});

describe('findExpirySpikes', () => {
  /** One look every 10 seconds: keys that expired, and misses. */
  const samples = (
    ...looks: Array<[expired: number, misses: number] | undefined>
  ): CacheSample[] =>
    looks.map((look, index) => ({
      connection: 'c',
      sampledAt: iso(index * 10),
      ...(look && {
        activity: {
          windowSeconds: 10,
          hits: 100,
          misses: look[1],
          evictedKeys: 0,
          expiredKeys: look[0],
          commands: 100,
        },
      }),
    }));
  const USUAL = Array.from({ length: 8 }, (): [number, number] => [5, 10]);
  const find = (...looks: Array<[number, number] | undefined>) =>
    findExpirySpikes(samples(...looks)).map(
      ({ startMs, lastSeenMs, expiredKeys }) => [
        (startMs - AT) / 1000,
        (lastSeenMs - AT) / 1000,
        expiredKeys,
      ],
    );

  it.each<[string, Array<[number, number] | undefined>]>([
    ['the usual', USUAL],
    ['many expired without misses', [...USUAL, [400, 10], [5, 10]]],
    ['misses without expiry', [...USUAL, [5, 400]]],
    ['too few keys to matter', [...USUAL, [40, 400]]],
    [
      'too few looks to know what is usual',
      [
        [5, 10],
        [400, 400],
      ],
    ],
    ['looks without activity', Array.from({ length: 20 }, () => undefined)],
    ['misses long after', [...USUAL, [400, 10], ...USUAL, ...USUAL, [5, 400]]],
    [
      'a cache in which always as many expire',
      Array.from({ length: 10 }, (): [number, number] => [400, 400]),
    ],
  ])('finds none in %s', (_, looks) => {
    expect(find(...looks)).toEqual([]);
  });

  it('finds many keys that expired at once, with misses then or after', () => {
    expect(find(...USUAL, [400, 300], [5, 10])).toEqual([[70, 80, 400]]);
    expect(find(...USUAL, [400, 10], [5, 300], [5, 10])).toEqual([
      [70, 90, 400],
    ]);
  });

  it('joins expiry that goes on', () => {
    expect(find(...USUAL, [400, 300], [300, 300], [5, 10])).toEqual([
      [70, 90, 700],
    ]);
  });
});

describe('isRiseOfQueries', () => {
  it.each([
    [0, 0, false],
    [2, 0, false],
    [3, 0, true],
    [10, 6, false],
    [12, 6, true],
  ])('%d queries where %d are usual: %s', (queries, usualQueries, expected) => {
    expect(isRiseOfQueries({ queries, usualQueries })).toBe(expected);
  });
});

describe('continueStampede', () => {
  const found = {
    evidence: 'duplicate-misses' as const,
    prefix: 'stats:',
    startMs: AT,
    lastSeenMs: AT + 10_000,
    keys: [{ key: 'stats:1', concurrentMisses: 7 }],
    duplicateMisses: 6,
  };
  const at = (seconds: number, known: Stampede[] = []) =>
    continueStampede(found, {
      connection: 'c',
      known,
      nowMs: AT + seconds * 1000,
    });

  it('lasts until it has not been seen for a while', () => {
    expect(at(15).endedAt).toBeUndefined();
    expect(at(60)).toMatchObject({ startedAt: iso(0), endedAt: iso(10) });
    expect(at(60).id).toBe(at(15).id);
  });

  it('keeps the name and beginning of one that is known', () => {
    const known: Stampede = {
      ...at(15),
      id: 'known',
      startedAt: iso(-600),
      duplicateMisses: 90,
    };
    expect(at(15, [known])).toMatchObject({
      id: 'known',
      startedAt: iso(-600),
      duplicateMisses: 90,
    });
    const others: Stampede[] = [
      { ...known, prefix: 'x:' },
      { ...known, evidence: 'expiry-spike' },
      { ...known, endedAt: iso(-300) },
    ];
    expect(at(15, others).id).not.toBe('known');
  });

  it('is told in a sentence', () => {
    expect(
      describeStampede({
        ...at(60),
        trino: {
          connection: 't',
          source: 'api',
          queries: 7,
          wallMs: 12_340,
          cpuMs: 1,
          usualQueries: 1,
        },
      }),
    ).toMatchObject({
      kind: 'stampede',
      at: iso(0),
      until: iso(10),
      subject: 'stats:',
      title:
        '7 asked at once for stats:1, which was not in the cache; 6 fills were not needed; 7 queries of api took 12.3 s of Trino, usual are 1',
    });
  });
});
