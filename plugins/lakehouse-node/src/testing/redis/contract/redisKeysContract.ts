import type { RedisContractTarget } from '../RedisContractTarget';
import {
  contractKey,
  onOwner,
  removeContractKeys,
  scanContractKeys,
} from './contractKeys';

export function redisKeysContract(getTarget: () => RedisContractTarget) {
  describe('keys', () => {
    const connection = () => getTarget().connect('admin');
    const names = ['many:', 'ttl:', 'bytes:', 'flush:', 'memory:'];

    afterAll(async () => {
      for (const name of names) await removeContractKeys(connection(), name);
    });

    const run = async (name: string, ...args: Array<string | number>) =>
      (await onOwner(connection(), name, args)).reply;

    it('finds by SCAN over every primary each key that was there all the time', async () => {
      const keys = Array.from({ length: 300 }, (_, index) =>
        contractKey(`many:${index}`),
      );
      for (const key of keys) await run('set', key, 'x', 'EX', 600);
      const found = await scanContractKeys(connection(), 'many:');
      expect([...new Set(found)].sort()).toEqual(keys.sort());
    });

    it('keeps keys and values that are no text', async () => {
      const key = Buffer.concat([
        Buffer.from(contractKey('bytes:')),
        Buffer.from([0xff, 0x00, 0x0d, 0x0a, 0x80]),
      ]);
      const { node } = await onOwner(connection(), 'set', [key, key]);
      expect(await connection().binaryCommand(node, 'get', [key])).toEqual(key);
      await onOwner(connection(), 'unlink', [key]);
      expect(
        await connection().binaryCommand(node, 'get', [key]),
      ).toBeUndefined();
    });

    it('sets times to live under the conditions of Redis 7', async () => {
      const key = contractKey('ttl:conditions');
      await run('set', key, 'x');
      expect(await run('pttl', key)).toBe(-1);
      expect(await run('pexpire', key, 60_000, 'XX')).toBe(0);
      expect(await run('pexpire', key, 60_000, 'GT')).toBe(0);
      expect(await run('pexpire', key, 60_000, 'NX')).toBe(1);
      expect(await run('pexpire', key, 60_000, 'NX')).toBe(0);
      expect(await run('pexpire', key, 120_000, 'LT')).toBe(0);
      expect(await run('pexpire', key, 120_000, 'GT')).toBe(1);
      expect(await run('pexpire', key, 30_000, 'LT')).toBe(1);
      const ttl = await run('ttl', key);
      expect([29, 30]).toContain(ttl);
      expect(await run('set', key, 'y', 'KEEPTTL')).toBe('OK');
      expect([29, 30]).toContain(await run('ttl', key));
      expect(await run('persist', key)).toBe(1);
      expect(await run('persist', key)).toBe(0);
      expect(await run('ttl', key)).toBe(-1);
      expect(await run('ttl', contractKey('ttl:absent'))).toBe(-2);
      expect(await run('set', key, 'z', 'NX')).toBeUndefined();
      expect(await run('pexpire', key, -1)).toBe(1);
      expect(await run('exists', key)).toBe(0);
    });

    it('lets keys expire by themselves', async () => {
      const key = contractKey('ttl:short');
      await run('set', key, 'x', 'PX', 20);
      await new Promise(resolve => {
        setTimeout(resolve, 60);
      });
      expect(await run('get', key)).toBeUndefined();
    });

    it('tells the memory of a key, and of none', async () => {
      const key = contractKey('memory:1');
      await run('set', key, 'x'.repeat(10_000));
      const usage = async (one: string) => {
        const { node } = await onOwner(connection(), 'exists', [one]);
        return connection().command(node, 'memory', ['usage', one]);
      };
      const bytes = Number(await usage(key));
      expect(bytes).toBeGreaterThan(10_000);
      expect(bytes).toBeLessThan(20_000);
      expect(await usage(contractKey('memory:absent'))).toBeUndefined();
    });

    it('removes one key at a time in a pipeline and tells of each', async () => {
      const keys = Array.from({ length: 50 }, (_, index) =>
        contractKey(`flush:{one}:${index}`),
      );
      for (const key of keys) await run('set', key, 'x');
      const { node } = await onOwner(connection(), 'get', [keys[0]]);
      const outcomes = await connection().withRunbookClients(
        async ({ clients }) =>
          clients
            .find(client => client.node.id === node.id)
            ?.pipeline(
              [...keys, contractKey('flush:{one}:absent')].map(key => ({
                name: 'unlink',
                args: [key],
              })),
            ),
      );
      expect(outcomes).toEqual([
        ...keys.map(() => ({ outcome: 'done', reply: 1 })),
        { outcome: 'done', reply: 0 },
      ]);
    });

    it('refuses a pipeline without bounds', async () => {
      const [node] = await connection().primaries();
      const commands = Array.from({ length: 1001 }, () => ({
        name: 'ping',
        args: [],
      }));
      await expect(connection().pipeline(node, commands)).rejects.toThrow(
        /at most 1000/,
      );
    });
  });
}
