import type { RedisInfo, RedisNode } from '../../../connections/redis';
import type { RedisContractTarget } from '../RedisContractTarget';
import { contractKey, onOwner, removeContractKeys } from './contractKeys';

const SECRET = 'a-value-that-nobody-may-see';

export function redisFiguresContract(getTarget: () => RedisContractTarget) {
  describe('figures', () => {
    const connection = () => getTarget().connect('admin');
    const number = (info: RedisInfo, field: string) =>
      Number(info.get(field) ?? NaN);

    afterAll(async () => {
      await removeContractKeys(connection(), 'figures:');
    });

    it('counts hits and misses of a node', async () => {
      const key = contractKey('figures:{hit}');
      const { node } = await onOwner(connection(), 'set', [key, 'x']);
      const before = await connection().info(node, ['stats']);
      await connection().command(node, 'get', [key]);
      await connection().command(node, 'get', [key]);
      await connection().command(node, 'get', [`${key}:absent`]);
      const after = await connection().info(node, ['stats']);
      const moved = (field: string) =>
        number(after, field) - number(before, field);
      // Others may use a real server at the same time.
      expect(moved('keyspace_hits')).toBeGreaterThanOrEqual(2);
      expect(moved('keyspace_misses')).toBeGreaterThanOrEqual(1);
      expect(moved('total_commands_processed')).toBeGreaterThanOrEqual(3);
    });

    it('tells all fields that the views are made of', async () => {
      const [node] = await connection().primaries();
      const info = await connection().info(node, [
        'server',
        'clients',
        'memory',
        'stats',
        'replication',
        'keyspace',
      ]);
      expect(info.get('run_id')).toMatch(/^[0-9a-f]{40}$/);
      expect(info.get('role')).toBe('master');
      expect(info.get('maxmemory_policy')).toMatch(/^[a-z-]+$/);
      for (const field of [
        'uptime_in_seconds',
        'connected_clients',
        'blocked_clients',
        'used_memory',
        'used_memory_peak',
        'maxmemory',
        'mem_fragmentation_ratio',
        'keyspace_hits',
        'keyspace_misses',
        'expired_keys',
        'evicted_keys',
        'total_commands_processed',
      ]) {
        expect([field, number(info, field)]).toEqual([
          field,
          expect.any(Number),
        ]);
        expect([field, Number.isNaN(number(info, field))]).toEqual([
          field,
          false,
        ]);
      }
      expect(number(info, 'used_memory')).toBeGreaterThan(100_000);
    });

    it('tells the usual sections when none is named', async () => {
      const [node] = await connection().primaries();
      const info = await connection().info(node);
      expect(info.has('run_id')).toBe(true);
      expect(info.has('keyspace_hits')).toBe(true);
      expect(info.has('cmdstat_info')).toBe(false);
    });

    it('reads settings', async () => {
      const [node] = await connection().primaries();
      const settings = await connection().configGet(node, [
        'maxmemory',
        'maxmemory-policy',
        'no-such-setting',
      ]);
      expect([...settings.keys()].sort()).toEqual([
        'maxmemory',
        'maxmemory-policy',
      ]);
    });

    it('keeps no value of the slow log', async () => {
      const key = contractKey('figures:slow');
      const { node } = await onOwner(connection(), 'exists', [key]);
      const threshold = await connection().configGet(node, [
        'slowlog-log-slower-than',
      ]);
      const setThreshold = (text: string) =>
        connection().command(node, 'config', [
          'set',
          'slowlog-log-slower-than',
          text,
        ]);
      await setThreshold('0');
      try {
        await connection().command(node, 'set', [key, SECRET]);
        await connection().command(node, 'echo', [SECRET]);
      } finally {
        await setThreshold(threshold.get('slowlog-log-slower-than') ?? '10000');
      }
      const entries = await connection().slowlog(node);
      expect(entries).toContainEqual({
        id: expect.any(Number),
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
        durationUs: expect.any(Number),
        command: 'SET',
        key,
        client: expect.stringMatching(/:\d+$/),
      });
      expect(entries.some(({ command }) => command === 'ECHO')).toBe(true);
      expect(JSON.stringify(entries)).not.toContain(SECRET);
      expect(entries.length).toBeLessThanOrEqual(128);
      expect(await connection().slowlog(node, { limit: 1 })).toHaveLength(1);
    });

    it('counts how long commands took', async () => {
      const key = contractKey('figures:{latency}');
      const { node } = await onOwner(connection(), 'exists', [key]);
      const callsOf = async (one: RedisNode) =>
        (await connection().latencyHistogram(one)).get('exists')?.calls ?? 0;
      const before = await callsOf(node);
      for (let call = 0; call < 5; call += 1) {
        await connection().command(node, 'exists', [key]);
      }
      expect(await callsOf(node)).toBeGreaterThanOrEqual(before + 5);
      const latency = (await connection().latencyHistogram(node)).get('exists');
      const counts = [...(latency?.atMostUs.values() ?? [])];
      expect(counts.at(-1)).toBe(latency?.calls);
      expect([...counts].sort((a, b) => a - b)).toEqual(counts);
    });
  });
}
