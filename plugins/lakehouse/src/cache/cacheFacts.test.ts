import { mockCache, mockStampede } from '../__testUtils__/mockData';
import { patternOf } from './cacheActions';
import {
  extraTrinoMs,
  hitRatio,
  memoryShare,
  narrowCache,
  perSecond,
  TTL_WORDS,
  withoutTtlShare,
} from './cacheFacts';

describe('facts of a cache', () => {
  it('knows no ratio where nothing was looked up or told', () => {
    expect(hitRatio({ hits: 3, misses: 1 })).toBe(0.75);
    expect(hitRatio({ hits: 0, misses: 4 })).toBe(0);
    expect(hitRatio({ hits: 0, misses: 0 })).toBeUndefined();
    expect(hitRatio(undefined)).toBeUndefined();
  });

  it('knows no rate without a count or a window', () => {
    expect(perSecond(120, 60)).toBe(2);
    expect(perSecond(0, 60)).toBe(0);
    expect(perSecond(undefined, 60)).toBeUndefined();
    expect(perSecond(5, 0)).toBeUndefined();
  });

  it('knows no share of memory without a limit', () => {
    const { latest } = mockCache();
    expect(memoryShare(latest)).toBeGreaterThan(0.8);
    expect(
      memoryShare(latest && { ...latest, memory: { usedBytes: 1 } }),
    ).toBeUndefined();
  });

  it('knows no share of an empty keyspace', () => {
    const [{ keyspace }] = mockCache().prefixes;
    expect(withoutTtlShare(keyspace)).toBeCloseTo(0.0115, 3);
    expect(
      withoutTtlShare(keyspace && { ...keyspace, keys: 0 }),
    ).toBeUndefined();
  });

  it('has a word for each bin of times to live', () => {
    expect(TTL_WORDS).toEqual([
      'under 1 m',
      'to 10 m',
      'to 1 h',
      'to 1 d',
      'longer',
    ]);
  });

  it('narrows to prefixes that lie in, or around, the one of an entity', () => {
    const view = mockCache();
    const names = (prefix: string) =>
      narrowCache(view, { connection: 'sessions', prefix }).prefixes.map(
        one => one.prefix,
      );
    expect(names('personal-api:')).toEqual([
      'personal-api:summary:',
      'personal-api:commits:',
    ]);
    expect(names('personal-api:summary:eu')).toEqual(['personal-api:summary:']);
    expect(names('other:')).toEqual([]);
    expect(narrowCache(view, { connection: 'sessions' })).toBe(view);
  });

  it('charges a stampede with what is more than usual only', () => {
    const stampede = mockStampede();
    expect(extraTrinoMs(stampede)).toBe(
      Math.round((1_284_000 / 388) * (388 - 21)),
    );
    const trino = stampede.trino && { ...stampede.trino, queries: 3 };
    expect(extraTrinoMs({ ...stampede, trino })).toBe(0);
    expect(extraTrinoMs({ ...stampede, trino: undefined })).toBeUndefined();
  });

  it('escapes what means something in a pattern', () => {
    expect(patternOf('a*b[c]?\\')).toBe('a\\*b\\[c\\]\\?\\\\*');
    expect(patternOf('user:')).toBe('user:*');
  });
});
