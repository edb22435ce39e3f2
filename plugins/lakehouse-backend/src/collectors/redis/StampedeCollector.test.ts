import type { CacheSample } from '@lakehouse-ops/plugin-lakehouse-common';
import type { RedisConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import { collect, ofType } from '../trino/__testUtils__/collect';
import { fakeStore } from './__testUtils__/fakeStore';
import { StampedeCollector } from './StampedeCollector';

const AT = Date.parse('2026-11-21T10:00:00Z');
const iso = (seconds: number) => new Date(AT + seconds * 1000).toISOString();

function setUp(
  told: Parameters<typeof fakeStore>[0],
  options: { atSeconds?: number; trino?: boolean } = {},
) {
  const time = { ms: AT + (options.atSeconds ?? 15) * 1000 };
  const connection = {
    id: 'cache',
    trinoSource:
      options.trino === false
        ? undefined
        : { connection: 'analytics', source: 'api' },
  } as unknown as RedisConnection;
  const collector = StampedeCollector.create({
    connection,
    store: fakeStore(told),
    config: { everyMs: 10_000, concurrentMisses: 5 },
    now: () => time.ms,
  });
  return { collector, time };
}

const REPORT = {
  prefix: 'stats:',
  instance: 'i',
  at: iso(10),
  windowSeconds: 10,
  misses: 40,
  duplicateMisses: 30,
  hotKeys: [{ key: 'stats:1', concurrentMisses: 12 }],
};
const query = (seconds: number, source = 'api') => ({
  createdAt: iso(seconds),
  source,
  wallMs: 1000,
  cpuMs: 400,
});

describe('StampedeCollector', () => {
  it('tells the keys, the work done twice, and the cost in Trino', async () => {
    const { collector } = setUp({
      duplicateMisses: [REPORT],
      queries: [query(9), query(5), query(1), query(-5), query(2, 'dbt')],
    });
    const observations = await collect(collector);
    expect(ofType(observations, 'StampedeObserved')).toEqual([
      {
        type: 'StampedeObserved',
        stampede: {
          id: `cache:duplicate-misses:stats::${iso(0)}`,
          connection: 'cache',
          prefix: 'stats:',
          evidence: 'duplicate-misses',
          startedAt: iso(0),
          keys: [{ key: 'stats:1', concurrentMisses: 12 }],
          duplicateMisses: 30,
          expiredKeys: undefined,
          trino: {
            connection: 'analytics',
            source: 'api',
            queries: 3,
            wallMs: 3000,
            cpuMs: 1200,
            usualQueries: 1,
          },
        },
      },
    ]);
    expect(ofType(observations, 'TimelineObserved')).toEqual([
      {
        type: 'TimelineObserved',
        event: expect.objectContaining({ kind: 'stampede', at: iso(0) }),
      },
    ]);
  });

  it('tells it once, and then its end', async () => {
    const { collector, time } = setUp({ duplicateMisses: [REPORT] });
    expect(await collect(collector)).toHaveLength(2);
    expect(await collect(collector)).toEqual([]);
    time.ms = AT + 60_000;
    const [{ stampede }] = ofType(await collect(collector), 'StampedeObserved');
    expect(stampede).toMatchObject({ startedAt: iso(0), endedAt: iso(10) });
    expect(await collect(collector)).toEqual([]);
  });

  it('has no cost without a source in config', async () => {
    const { collector } = setUp(
      { duplicateMisses: [REPORT], queries: [query(5)] },
      { trino: false },
    );
    const [{ stampede }] = ofType(await collect(collector), 'StampedeObserved');
    expect(stampede.trino).toBeUndefined();
  });

  describe('an expiry spike', () => {
    const samples = Array.from(
      { length: 12 },
      (_, index): CacheSample => ({
        connection: 'cache',
        sampledAt: iso(index * 10),
        activity: {
          windowSeconds: 10,
          hits: 100,
          misses: index === 10 ? 500 : 10,
          evictedKeys: 0,
          expiredKeys: index === 10 ? 800 : 2,
          commands: 1,
        },
      }),
    );
    const rise = Array.from({ length: 8 }, (_, index) => query(95 + index));

    it('is a stampede when Trino feels it', async () => {
      const { collector } = setUp(
        { samples, queries: rise },
        { atSeconds: 115 },
      );
      const [{ stampede }] = ofType(
        await collect(collector),
        'StampedeObserved',
      );
      expect(stampede).toMatchObject({
        evidence: 'expiry-spike',
        startedAt: iso(90),
        expiredKeys: 800,
        keys: [],
        trino: { queries: 8, usualQueries: 0 },
      });
    });

    it.each([
      ['no more queries than usual', rise.slice(0, 2), true],
      ['no source in config', rise, false],
    ])('is none with %s', async (_, queries, trino) => {
      const { collector } = setUp(
        { samples, queries },
        { atSeconds: 115, trino },
      );
      expect(await collect(collector)).toEqual([]);
    });
  });

  it('ends a stampede that stands open since before the backend was away', async () => {
    const { collector } = setUp({
      stampedes: [
        {
          id: 'old',
          connection: 'cache',
          evidence: 'duplicate-misses',
          startedAt: iso(-3600),
          keys: [],
        },
      ],
    });
    const [{ stampede }] = ofType(await collect(collector), 'StampedeObserved');
    expect(stampede).toMatchObject({ id: 'old', endedAt: expect.any(String) });
  });
});
