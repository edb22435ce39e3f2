import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as breathe } from 'node:timers/promises';
import Redis from 'ioredis';
import { startTinyRedis } from './__testUtils__/startTinyRedis';
import { instrumentCache, type CacheTelemetry } from './instrumentCache';
import type { CacheTelemetryReport } from './push/CacheTelemetryReport';

describe('instrumentCache', () => {
  let server: Awaited<ReturnType<typeof startTinyRedis>>;
  let redis: Redis;
  let telemetry: CacheTelemetry | undefined;

  beforeEach(async () => {
    server = await startTinyRedis();
    redis = new Redis({ port: server.port, host: '127.0.0.1', protocol: 2 });
  });

  afterEach(async () => {
    await telemetry?.stop();
    redis.disconnect();
    await server.close();
  });

  const value = (metric: string, prefix: string) =>
    Number(
      new RegExp(`^${metric}\\{prefix="${prefix}"\\} (\\d+)$`, 'm').exec(
        telemetry?.metrics() ?? '',
      )?.[1],
    );
  const use = (prefix: string) => ({
    hits: value('lakehouse_cache_hits_total', prefix),
    misses: value('lakehouse_cache_misses_total', prefix),
    writes: value('lakehouse_cache_writes_total', prefix),
    deletes: value('lakehouse_cache_deletes_total', prefix),
    duplicates: value('lakehouse_cache_duplicate_misses_total', prefix),
    fills: value('lakehouse_cache_fill_seconds_count', prefix),
  });
  const unattributed = () =>
    Number(
      /^lakehouse_cache_unattributed_keys_total (\d+)$/m.exec(
        telemetry?.metrics() ?? '',
      )?.[1],
    );

  describe.each([
    ['a client', () => instrumentCache({ redis })],
    ['all clients', () => instrumentCache()],
  ])('of %s', (_, instrument) => {
    beforeEach(() => {
      telemetry = instrument();
    });

    it('counts hits, misses, writes, deletes and fills by prefix', async () => {
      await redis.get('shop:cart:1');
      await redis.set('shop:cart:1', 'x', 'EX', 60);
      await redis.get('shop:cart:1');
      await redis.get('shop:user:1');
      await redis.del('shop:cart:1', 'shop:cart:2');
      expect(use('shop:cart:')).toEqual({
        hits: 1,
        misses: 1,
        writes: 1,
        deletes: 2,
        duplicates: 0,
        fills: 1,
      });
      expect(use('shop:user:')).toMatchObject({ hits: 0, misses: 1, fills: 0 });
    });

    it('counts misses of a key that is being filled', async () => {
      await Promise.all(
        Array.from({ length: 5 }, () => redis.get('shop:cart:1')),
      );
      await redis.get('shop:cart:2');
      await redis.set('shop:cart:1', 'x');
      expect(use('shop:cart:')).toMatchObject({
        misses: 6,
        duplicates: 4,
        fills: 1,
      });
    });

    it('counts what is pipelined, and buffers', async () => {
      await redis
        .pipeline()
        .set('a:1', 'x')
        .get('a:1')
        .get('a:2')
        .getBuffer('a:1')
        .exec();
      await breathe();
      expect(use('a:')).toMatchObject({ hits: 2, misses: 1, writes: 1 });
    });

    it('counts all of a long pipeline, of which much waits to be counted', async () => {
      const pipeline = redis.pipeline();
      for (let key = 0; key < 700; key += 1) {
        pipeline.get(`a:${key}`).set(`a:${key}`, 'x').get(`a:${key}`);
      }
      await pipeline.exec();
      await breathe();
      expect(use('a:')).toEqual({
        hits: 700,
        misses: 700,
        writes: 700,
        deletes: 0,
        duplicates: 0,
        fills: 700,
      });
    });

    it('counts what stands beside an error in a pipeline', async () => {
      const replies = await redis
        .pipeline()
        .set('a:1', 'x')
        .hgetall('a:1')
        .get('a:1')
        .setex('a:2', 60, 'x')
        .get('a:2')
        .exec();
      await breathe();
      expect(replies?.map(([error]) => error instanceof Error)).toEqual([
        false,
        true,
        false,
        true,
        false,
      ]);
      expect(use('a:')).toMatchObject({ hits: 1, misses: 1, writes: 1 });
      expect(unattributed()).toBe(0);
    });

    it('takes nothing for a hit that is only queued', async () => {
      await redis.multi({ pipeline: false });
      await redis.get('a:1');
      await redis.getBuffer('a:1');
      await redis.set('a:1', 'x');
      await redis.exec();
      expect(telemetry?.metrics()).not.toContain('"a:"');
      expect(unattributed()).toBe(3);
    });

    it('takes no write for one that did not happen', async () => {
      await redis.set('a:1', 'x');
      await redis.set('a:1', 'x', 'NX');
      await redis.setnx('a:1', 'x');
      expect(use('a:')).toMatchObject({ writes: 1 });
    });

    it('counts no failed commands', async () => {
      await expect(redis.call('JSON.GET', 'a:1')).rejects.toThrow('unknown');
      expect(telemetry?.metrics()).not.toContain('"a:"');
    });

    it('counts nothing once it is stopped', async () => {
      await telemetry?.stop();
      await redis.get('a:1');
      expect(telemetry?.metrics()).not.toContain('"a:"');
    });
  });

  it('knows all keys of the client that it is given', async () => {
    telemetry = instrumentCache({ redis });
    await redis.mset('a:1', 'x', 'b:1', 'x');
    await redis.mget('a:1', 'a:2', 'b:1');
    await redis.hget('b:1', 'field');
    await redis.unlink('a:1');
    expect(use('a:')).toMatchObject({
      hits: 1,
      misses: 1,
      writes: 1,
      deletes: 1,
    });
    expect(use('b:')).toMatchObject({ hits: 2, writes: 1 });
    expect(unattributed()).toBe(0);
  });

  it('counts a transaction by what EXEC answers', async () => {
    telemetry = instrumentCache({ redis });
    await redis.multi().set('a:1', 'x').get('a:1').get('a:2').exec();
    expect(use('a:')).toMatchObject({ hits: 1, misses: 1, writes: 1 });
    expect(unattributed()).toBe(0);
  });

  it('counts all of a transaction but what failed in it', async () => {
    telemetry = instrumentCache({ redis });
    await redis
      .multi()
      .set('a:1', 'x')
      .hgetall('a:1')
      .getBuffer('a:1')
      .mget('a:1', 'b:1')
      .setex('a:2', 60, 'x')
      .get('a:2')
      .del('a:1', 'b:1')
      .exec();
    expect(use('a:')).toMatchObject({
      hits: 2,
      misses: 1,
      writes: 1,
      deletes: 1,
    });
    expect(use('b:')).toMatchObject({ hits: 0, misses: 1, deletes: 1 });
    expect(unattributed()).toBe(0);
  });

  it('counts transactions in a pipeline, each by its own EXEC', async () => {
    telemetry = instrumentCache({ redis });
    await redis
      .pipeline([
        ['get', 'a:1'],
        ['multi'],
        ['set', 'a:1', 'x'],
        ['get', 'a:1'],
        ['exec'],
        ['get', 'a:1'],
        ['multi'],
        ['get', 'a:2'],
        ['del', 'a:1'],
        ['exec'],
        ['get', 'a:1'],
      ])
      .exec();
    expect(use('a:')).toMatchObject({
      hits: 2,
      misses: 3,
      writes: 1,
      deletes: 1,
    });
    expect(unattributed()).toBe(0);
  });

  it('tells of the keys that the channel hides', async () => {
    telemetry = instrumentCache();
    await redis.mget('a:1', 'a:2');
    await redis.multi().get('a:1').exec();
    expect(unattributed()).toBe(3);
    expect(telemetry.metrics()).not.toContain('"a:"');
  });

  it('counts once what is sent again after a reconnect', async () => {
    telemetry = instrumentCache({ redis });
    await redis.get('a:1');
    server.drop();
    const reads = [redis.get('a:1'), redis.get('a:1')];
    await Promise.all(reads);
    expect(use('a:')).toMatchObject({ misses: 3 });
  });

  it('leaves other clients out when it is given one', async () => {
    telemetry = instrumentCache({ redis });
    const other = redis.duplicate();
    await other.get('a:1');
    other.disconnect();
    expect(telemetry.metrics()).not.toContain('"a:"');
  });

  it('keeps from the application what a prefixOf throws', async () => {
    telemetry = instrumentCache({
      redis,
      prefixOf: () => {
        throw new Error('broken');
      },
    });
    await expect(redis.get('a:1')).resolves.toBeNull();
    expect(unattributed()).toBe(1);
  });

  it.each([{ maxPrefixes: 0 }, { maxPrefixes: 201 }, { fillTimeoutMs: NaN }])(
    'refuses %j',
    options => {
      expect(() => instrumentCache(options)).toThrow(
        `${Object.keys(options)[0]} of instrumentCache`,
      );
    },
  );

  it('pushes the last window when it is stopped', async () => {
    const received: Array<{
      url?: string;
      headers: IncomingHttpHeaders;
      report: CacheTelemetryReport;
    }> = [];
    const backstage = createServer((req, res) => {
      let body = '';
      req.on('data', chunk => {
        body += chunk;
      });
      req.on('end', () => {
        received.push({
          url: req.url,
          headers: req.headers,
          report: JSON.parse(body),
        });
        res.writeHead(204).end();
      });
    });
    await new Promise<void>(resolve => {
      backstage.listen(0, '127.0.0.1', resolve);
    });
    const { port } = backstage.address() as AddressInfo;
    telemetry = instrumentCache({
      redis,
      push: {
        url: `http://127.0.0.1:${port}`,
        connection: 'main',
        token: async () => 'token-of-test',
        source: 'shop-api',
      },
    });
    await Promise.all([1, 2, 3].map(() => redis.get('shop:cart:1')));
    await redis.set('shop:cart:1', 'never told');
    await telemetry.stop();
    await new Promise(resolve => {
      backstage.close(resolve);
    });

    expect(received).toHaveLength(1);
    expect(received[0].url).toBe('/api/lakehouse/ingest/cache/main');
    expect(received[0].headers.authorization).toBe('Bearer token-of-test');
    expect(received[0].report).toEqual({
      version: 1,
      instance: expect.stringContaining(`:${process.pid}:`),
      source: 'shop-api',
      windowStart: expect.any(String),
      windowEnd: expect.any(String),
      prefixesCutOff: 0,
      prefixes: [
        {
          prefix: 'shop:cart:',
          hits: 0,
          misses: 3,
          writes: 1,
          deletes: 0,
          duplicateMisses: 2,
          fill: { counts: expect.any(Array) },
          hotKeys: [{ key: 'shop:cart:1', concurrentMisses: 3 }],
        },
      ],
    });
    expect(JSON.stringify(received)).not.toContain('never told');
    expect(telemetry.metrics()).toContain(
      'lakehouse_cache_pushed_windows_total{result="sent"} 1',
    );
  });
});
