import { CacheSwitches } from './CacheSwitches';
import { readSettings } from './readSettings';

describe('readSettings', () => {
  it('runs on the sandbox unless told otherwise', () => {
    expect(readSettings({ PERSONAL_API_TTL_SECONDS: '' })).toMatchObject({
      port: 18_500,
      trino: { url: 'http://127.0.0.1:18480', queryTimeoutMs: 20_000 },
      table: 'iceberg.lake.orders_stale_stats',
      cache: { coalescing: true, earlyExpiration: true },
      exportTraces: false,
    });
  });

  it('reads nodes of a cluster', () => {
    const { redis } = readSettings({
      PERSONAL_API_REDIS_CLUSTER_NODES: '127.0.0.1:1, 127.0.0.1:2',
    });
    expect(redis.clusterNodes).toEqual(['127.0.0.1:1', '127.0.0.1:2']);
  });

  it.each([
    [{ PERSONAL_API_PORT: 'x' }, 'PERSONAL_API_PORT'],
    [{ PERSONAL_API_COALESCING: 'maybe' }, 'PERSONAL_API_COALESCING'],
    [{ PERSONAL_API_TABLE: 'orders; DROP TABLE x' }, 'PERSONAL_API_TABLE'],
    [
      { PERSONAL_API_LAKEHOUSE_URL: 'http://b.test' },
      'PERSONAL_API_LAKEHOUSE_TOKEN',
    ],
    [
      { PERSONAL_API_REDIS_CLUSTER_NODES: 'here' },
      'PERSONAL_API_REDIS_CLUSTER_NODES',
    ],
  ])('refuses %j and names it', (env, name) => {
    expect(() => readSettings(env)).toThrow(name);
  });
});

describe('CacheSwitches', () => {
  it('changes what is named and nothing else', () => {
    const switches = CacheSwitches.create({
      coalescing: true,
      earlyExpiration: true,
    });
    switches.change({ coalescing: false, ttlSeconds: 5 });
    expect(switches.now).toEqual({
      coalescing: false,
      earlyExpiration: true,
      ttlSeconds: 5,
    });
    switches.change({ ttlSeconds: null });
    expect(switches.now.ttlSeconds).toBeUndefined();
    expect(() => switches.change({ coalesce: true })).toThrow('coalesce');
    expect(() => switches.change(undefined)).toThrow();
  });
});
