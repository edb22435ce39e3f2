import fc from 'fast-check';
import { Cluster, Redis } from 'ioredis';
import { startRedisSandbox } from './startRedisSandbox';
import { Keyspace } from './world/Keyspace';
import { keySlot } from './world/keySlot';
import { globPattern } from './world/RedisUser';

describe('SCAN', () => {
  it('tells each key that is there all the time, while others come and go', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: -200, max: 200 }), { maxLength: 30 }),
        (stable, count, changes) => {
          const keyspace = new Keyspace({ onExpire: () => {} });
          for (let key = 0; key < stable; key += 1) {
            keyspace.set(`stable:${key}`, { value: 'x' });
          }
          let others = 0;
          const change = (by: number) => {
            for (let n = 0; n < Math.abs(by); n += 1) {
              if (by > 0) {
                keyspace.set(`other:${others}`, { value: 'x' });
                others += 1;
              } else if (others > 0) {
                others -= 1;
                keyspace.delete(`other:${others}`);
              }
            }
          };
          const seen = new Set<string>();
          let cursor = 0;
          let step = 0;
          do {
            const told = keyspace.scan(cursor, count);
            for (const key of told.keys) seen.add(key);
            cursor = told.cursor;
            change(changes[step] ?? 0);
            step += 1;
          } while (cursor !== 0 && step < 10_000);
          expect(cursor).toBe(0);
          for (let key = 0; key < stable; key += 1) {
            expect(seen.has(`stable:${key}`)).toBe(true);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('keySlot', () => {
  it.each([
    ['123456789', 12_739],
    ['foo', 12_182],
    ['{user1000}.following', keySlot('user1000')],
    ['foo{}{bar}', keySlot('foo{}{bar}')],
    ['foo{{bar}}zap', keySlot('{bar')],
  ])('of %s is %d', (key, slot) => {
    expect(keySlot(key)).toBe(slot);
  });
});

describe('globPattern', () => {
  it.each([
    ['a*', 'abc', true],
    ['a?c', 'abc', true],
    ['a[bd]c', 'acc', false],
    ['a[^b]c', 'acc', true],
    ['a\\*c', 'abc', false],
    ['a\\*c', 'a*c', true],
    ['a.c', 'abc', false],
    ['*', 'a\nb', true],
    ['a[', 'a[', true],
  ])('%s on %j: %s', (glob, key, matches) => {
    expect(globPattern(glob).test(key)).toBe(matches);
  });
});

describe('startRedisSandbox', () => {
  it('speaks RESP3 to a client that asks for it, by a clock of its own', async () => {
    let nowMs = 1_000_000;
    const sandbox = await startRedisSandbox({ port: 0, now: () => nowMs });
    const client = new Redis(sandbox.url, { protocol: 3 });
    try {
      await client.set('k', 'v', 'EX', 10);
      expect(await client.get('k')).toBe('v');
      expect(await client.call('config', 'get', 'maxmemory')).toEqual([
        'maxmemory',
        '268435456',
      ]);
      nowMs += 10_001;
      expect(await client.mget('k', 'absent')).toEqual([null, null]);
      expect(await client.dbsize()).toBe(0);
    } finally {
      client.disconnect();
      await sandbox.close();
    }
  });

  it('keeps figures moving by itself', async () => {
    const sandbox = await startRedisSandbox({ port: 0, workload: true });
    try {
      expect(sandbox.world.keys('personal-api:commits:')).toHaveLength(400);
      expect(sandbox.world.ttlMs('session:1')).toBe(Infinity);
      const expired = sandbox.world.expireAtOnce('personal-api:commits:');
      expect(expired).toBeGreaterThanOrEqual(399);
      expect(sandbox.world.read('personal-api:commits:7')).toBeUndefined();
    } finally {
      await sandbox.close();
    }
  });

  it('lets a client of a cluster find its keys', async () => {
    const sandbox = await startRedisSandbox({ port: 0, cluster: true });
    const client = new Cluster([{ host: '127.0.0.1', port: sandbox.port }]);
    try {
      for (let key = 0; key < 20; key += 1) await client.set(`k${key}`, 'v');
      expect(sandbox.world.size).toBe(20);
      await expect(client.mget('k1', 'k2')).rejects.toThrow(
        /CROSSSLOT|same slot/,
      );
    } finally {
      client.disconnect();
      await sandbox.close();
    }
  });
});
