import type {
  CacheKeyspace,
  CachePrefixUse,
  Stampede,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { at, onEachDatabase } from '../__testUtils__/onEachDatabase';
import type { Observation } from '../Observation';

jest.setTimeout(120_000);

const HOUR = { from: at(0), to: at(3_600) };

function reported(
  instance: string,
  use: Partial<CachePrefixUse> & {
    prefix?: string;
    fills?: { bin: number; count: number };
  },
): Observation {
  const { prefix = 'stats:', fills, ...rest } = use;
  return {
    type: 'CacheUseReported',
    connection: 'cache',
    instance,
    source: 'personal-api',
    prefixes: [
      {
        prefix,
        fillCounts:
          fills &&
          Array.from({ length: 15 }, (_, bin) =>
            bin === fills.bin ? fills.count : 0,
          ),
        hotKeys: [{ key: `${prefix}1`, concurrentMisses: 3 }],
        use: {
          at: at(10),
          windowSeconds: 10,
          hits: 90,
          misses: 10,
          writes: 8,
          deletes: 1,
          duplicateMisses: 2,
          ...rest,
        },
      },
    ],
  };
}

const keyspace = (overrides: Partial<CacheKeyspace> = {}): CacheKeyspace => ({
  scannedAt: at(5),
  sampledKeys: 10,
  complete: true,
  keys: 10,
  withoutTtl: 0,
  ttl: [0, 10, 0, 0, 0],
  ...overrides,
});

const stampede = (overrides: Partial<Stampede> = {}): Observation => ({
  type: 'StampedeObserved',
  stampede: {
    id: 's1',
    connection: 'cache',
    evidence: 'duplicate-misses',
    startedAt: at(100),
    keys: [{ key: 'stats:42', concurrentMisses: 5 }],
    ...overrides,
  },
});

onEachDatabase('CacheHistory', current => {
  const record = (...observations: Observation[]) =>
    current().store.record(observations);
  const caches = () => current().store.caches;

  it('keeps the last known nodes and slow commands when a look has none', async () => {
    const node = { id: 'a:6379', role: 'primary' as const, state: 'ok' };
    const slow = {
      node: 'a:6379',
      id: '1',
      at: at(0),
      durationUs: 9,
      command: 'KEYS',
    };
    await record(
      {
        type: 'CacheSampled',
        sample: { connection: 'cache', sampledAt: at(10) },
        nodes: [node],
        slowCommands: [slow],
      },
      {
        type: 'CacheSampled',
        sample: {
          connection: 'cache',
          sampledAt: at(20),
          memory: { usedBytes: 5 },
        },
      },
    );
    expect(await caches().latest('cache')).toEqual({
      sample: {
        connection: 'cache',
        sampledAt: at(20),
        memory: { usedBytes: 5 },
      },
      nodes: [node],
      slowCommands: [slow],
    });
    expect(await caches().latest('other')).toBeUndefined();
  });

  it('thins a series to the newest sample of each span', async () => {
    for (let second = 0; second < 100; second += 1) {
      await record({
        type: 'CacheSampled',
        sample: { connection: 'cache', sampledAt: at(second) },
      });
    }
    const samples = await caches().samples('cache', {
      from: at(0),
      to: at(99),
      limit: 10,
    });
    expect(samples.map(({ sampledAt }) => sampledAt)).toEqual(
      [9, 19, 29, 39, 49, 59, 69, 79, 89, 99].map(at),
    );
  });

  it('sums instances whose windows end in the same slot, once however often they tell', async () => {
    const a = reported('a', { fills: { bin: 3, count: 99 }, at: at(10.5) });
    const b = reported('b', {
      fills: { bin: 7, count: 1 },
      at: at(13),
      misses: 100,
    });
    await record(b, a, a);
    await record(a);
    const [{ use, useSeries, prefix }] = await caches().prefixes('cache', HOUR);
    expect(prefix).toBe('stats:');
    expect(useSeries).toEqual([use]);
    expect(use).toEqual({
      at: at(13),
      windowSeconds: 10,
      hits: 180,
      misses: 110,
      writes: 16,
      deletes: 2,
      duplicateMisses: 4,
      // 99 fills took 5 to 10 ms, one took 100 to 250.
      fillMs: { p50: expect.closeTo(7.5, 1), p99: expect.closeTo(10, 1) },
      instances: 2,
    });
  });

  it('tells windows of other lengths, slots and prefixes apart', async () => {
    await record(
      reported('a', {}),
      reported('a', { windowSeconds: 60 }),
      reported('a', { at: at(20) }),
      reported('a', { prefix: 'we"ird\0 ü:', hits: 1 }),
    );
    const [stats, weird] = await caches().prefixes('cache', {
      from: at(0),
      to: at(600),
    });
    expect(
      stats.useSeries.map(use => [use.at, use.windowSeconds, use.hits]),
    ).toEqual([
      [at(10), 10, 90],
      [at(10), 60, 90],
      [at(20), 10, 90],
    ]);
    expect(weird.prefix).toBe('we"ird\ufffd ü:');
    expect(weird.use?.fillMs).toBeUndefined();
    const before = { from: at(-60), to: at(-10) };
    expect(await caches().prefixes('cache', before)).toEqual([]);
  });

  it('loses no count when a range has more slots than points', async () => {
    for (let slot = 0; slot < 360; slot += 1) {
      await record(reported('a', { at: at(slot * 10 + 5), hits: 1 }));
    }
    const [{ useSeries }] = await caches().prefixes('cache', HOUR);
    expect(useSeries.length).toBeGreaterThan(80);
    expect(useSeries.length).toBeLessThanOrEqual(120);
    const sum = (of: (use: CachePrefixUse) => number) =>
      useSeries.reduce((total, use) => total + of(use), 0);
    expect(sum(use => use.hits)).toBe(360);
    expect(sum(use => use.windowSeconds)).toBe(3_600);
    expect(Math.max(...useSeries.map(use => use.instances))).toBe(1);
  });

  it('tells which keys were missed while they were being filled', async () => {
    await record(
      reported('a', { duplicateMisses: 5 }),
      reported('b', { at: at(20), duplicateMisses: 7 }),
      reported('c', { duplicateMisses: 0 }),
    );
    const told = await caches().duplicateMisses('cache', HOUR);
    expect(told.map(({ instance }) => instance)).toEqual(['b', 'a']);
    expect(told[0]).toEqual({
      prefix: 'stats:',
      instance: 'b',
      source: 'personal-api',
      at: at(20),
      windowSeconds: 10,
      misses: 10,
      duplicateMisses: 7,
      hotKeys: [{ key: 'stats:1', concurrentMisses: 3 }],
    });
  });

  it('sums up old reports, adds what comes late, and loses no count', async () => {
    const total = async () => {
      const [{ useSeries }] = await caches().prefixes('cache', HOUR);
      const sum = (of: (use: CachePrefixUse) => number) =>
        useSeries.reduce((all, use) => all + of(use), 0);
      return {
        hits: sum(use => use.hits),
        seconds: sum(use => use.windowSeconds),
        instances: Math.max(...useSeries.map(use => use.instances)),
        p50: useSeries[0].fillMs?.p50,
      };
    };
    const report = (slot: number, instance: string) =>
      reported(instance, {
        at: at(slot * 10 + 5),
        hits: 1,
        fills: { bin: 3, count: 2 },
      });
    for (let slot = 0; slot < 360; slot += 1) {
      await record(report(slot, 'a'), report(slot, 'b'));
    }
    const before = await total();
    expect(before).toMatchObject({ hits: 720, seconds: 3_600, instances: 2 });
    const sumUp = () => current().store.sumUp({ cacheUseBefore: at(1_830) });
    // Six whole blocks of five minutes.
    expect(await sumUp()).toBe(360);
    expect(await sumUp()).toBe(0);
    expect(await total()).toEqual(before);
    const [{ rows }] = await current()
      .knex('cache_use')
      .where('instance', '')
      .count({ rows: '*' });
    expect(Number(rows)).toBe(6);

    await record(report(0, 'late'));
    expect(await sumUp()).toBe(1);
    expect(await total()).toEqual({ ...before, hits: 721 });
  });

  it('stores what a sender can’t have counted as nothing', async () => {
    await record(reported('a', { hits: NaN, misses: -5, writes: Infinity }));
    const [{ use }] = await caches().prefixes('cache', HOUR);
    expect(use).toMatchObject({ hits: 0, misses: 0, writes: 0 });
  });

  it('puts what is used most first, then what only a scan found', async () => {
    await record(
      reported('a', { prefix: 'little:', hits: 1 }),
      reported('a', { prefix: 'much:', hits: 1_000 }),
      {
        type: 'CacheKeyspaceScanned',
        connection: 'cache',
        prefixes: [
          { prefix: 'much:', keyspace: keyspace({ keys: 7 }) },
          { prefix: 'few:', keyspace: keyspace({ keys: 1 }) },
          { prefix: 'many:', keyspace: keyspace({ keys: 99 }) },
        ],
      },
      {
        type: 'CacheKeyspaceScanned',
        connection: 'cache',
        prefixes: [
          {
            prefix: 'much:',
            keyspace: keyspace({ keys: 3, scannedAt: at(1) }),
          },
        ],
      },
    );
    const prefixes = await caches().prefixes('cache', HOUR);
    expect(prefixes.map(({ prefix }) => prefix)).toEqual([
      'much:',
      'little:',
      'many:',
      'few:',
    ]);
    expect(prefixes[0].keyspace?.keys).toBe(7);
    expect(prefixes[1].keyspace).toBeUndefined();
    expect(prefixes[2].use).toBeUndefined();
  });

  it('lets the end of a stampede stand, in whatever order it is told', async () => {
    const tellings = [
      stampede({ endedAt: at(160), duplicateMisses: 40 }),
      stampede({ duplicateMisses: 90 }),
      stampede({ duplicateMisses: 10 }),
    ];
    for (const order of [tellings, [...tellings].reverse()]) {
      await current().knex('occurrences').delete();
      for (const one of order) await record(one);
      const [known] = await caches().stampedes('cache', HOUR);
      expect(known).toMatchObject({ endedAt: at(160), duplicateMisses: 40 });
    }
    await record(...tellings);
    expect(await caches().stampedes('cache', HOUR)).toHaveLength(1);
  });

  it('finds stampedes that touch the range, those that last among them', async () => {
    await record(
      stampede({ id: 'over', startedAt: at(0), endedAt: at(10) }),
      stampede({ id: 'lasts', startedAt: at(5) }),
      stampede({ id: 'later', startedAt: at(500) }),
      stampede({ id: 'spans', startedAt: at(20), endedAt: at(400) }),
    );
    const touching = await caches().stampedes('cache', {
      from: at(100),
      to: at(200),
    });
    expect(touching.map(({ id }) => id)).toEqual(['spans', 'lasts']);
  });
});
