import { CacheSwitches } from '../settings/CacheSwitches';
import { ReadThroughCache } from './ReadThroughCache';

const TTL_MS = 10_000;

function start(switches: { coalescing?: boolean; earlyExpiration?: boolean }) {
  const kept = new Map<string, string>();
  let nowMs = 0;
  let random = 1;
  const redis = {
    get: jest.fn(async (key: string) => kept.get(key) ?? null),
    set: jest.fn(async (key: string, value: string) => {
      kept.set(key, value);
      return 'OK';
    }),
  };
  const onError = jest.fn();
  const load = jest.fn(async (): Promise<unknown> => {
    nowMs += 1_000;
    return { loaded: load.mock.calls.length };
  });
  const cache = ReadThroughCache.create({
    redis,
    switches: CacheSwitches.create({
      coalescing: false,
      earlyExpiration: false,
      ...switches,
    }),
    onError,
    now: () => nowMs,
    random: () => random,
  });
  return {
    kept,
    redis,
    onError,
    load,
    get: () => cache.get({ key: 'k', load, ttlMs: async () => TTL_MS }),
    at: (ms: number, chance: number = 1) => {
      nowMs = ms;
      random = chance;
    },
  };
}

describe('ReadThroughCache', () => {
  it('loads once, keeps it for as long as told, then answers from the cache', async () => {
    const { get, redis, load } = start({});
    expect(await get()).toEqual({ value: { loaded: 1 }, outcome: 'miss' });
    expect(await get()).toEqual({ value: { loaded: 1 }, outcome: 'hit' });
    expect(load).toHaveBeenCalledTimes(1);
    expect(redis.set).toHaveBeenCalledWith(
      'k',
      JSON.stringify({
        value: { loaded: 1 },
        fillMs: 1_000,
        expiresAtMs: 11_000,
      }),
      'PX',
      TTL_MS,
    );
  });

  it('lets all who ask at once load it, without coalescing', async () => {
    const { get, load } = start({});
    await Promise.all([get(), get(), get()]);
    expect(load).toHaveBeenCalledTimes(3);
  });

  it('lets one load for all, with coalescing', async () => {
    const { get, load, redis } = start({ coalescing: true });
    const answers = await Promise.all([get(), get(), get()]);
    expect(load).toHaveBeenCalledTimes(1);
    expect(redis.get).toHaveBeenCalledTimes(1);
    expect(answers.map(({ outcome }) => outcome)).toEqual([
      'miss',
      'shared',
      'shared',
    ]);
  });

  it('fails all who share a load that fails, and loads anew after', async () => {
    const { get, load } = start({ coalescing: true });
    load.mockRejectedValueOnce(new Error('Trino is away'));
    const answers = await Promise.allSettled([get(), get()]);
    expect(answers.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
    expect((await get()).outcome).toBe('miss');
  });

  it('renews early when chance has it so, and answers at once with what stands', async () => {
    const { get, load, at } = start({ earlyExpiration: true });
    await get();
    at(9_000, Math.exp(-1.9));
    expect((await get()).outcome).toBe('hit');
    expect(load).toHaveBeenCalledTimes(1);
    at(9_000, Math.exp(-2.1));
    expect(await get()).toEqual({ value: { loaded: 1 }, outcome: 'hit' });
    await new Promise(setImmediate);
    expect(load).toHaveBeenCalledTimes(2);
    expect(await get()).toMatchObject({ value: { loaded: 2 } });
  });

  it('renews once though many are chosen, and tells when that fails', async () => {
    const { get, load, at, onError } = start({ earlyExpiration: true });
    await get();
    at(10_999, 0.0001);
    load.mockRejectedValueOnce(new Error('Trino is away'));
    await Promise.all([get(), get(), get()]);
    await new Promise(setImmediate);
    expect(load).toHaveBeenCalledTimes(2);
    expect(onError).toHaveBeenCalledTimes(1);
  });

  it('answers without the cache while that is away', async () => {
    const { get, redis, onError } = start({});
    redis.get.mockRejectedValue(new Error('away'));
    redis.set.mockRejectedValue(new Error('away'));
    expect(await get()).toEqual({ value: { loaded: 1 }, outcome: 'miss' });
    expect(onError).toHaveBeenCalledTimes(2);
  });

  it.each(['', 'null', '{"value":1}', '<html>'])(
    'takes %j in the cache for nothing',
    async text => {
      const { get, kept } = start({});
      kept.set('k', text);
      expect((await get()).outcome).toBe('miss');
    },
  );
});
