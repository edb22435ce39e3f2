import { ConnectionDeniedError } from '../../../connections/shared';
import type { RedisContractTarget } from '../RedisContractTarget';
import { contractKey } from './contractKeys';

const READS = [
  'info.read',
  'keys.scan',
  'keys.memory',
  'keys.ttl',
  'keys.unlink',
  'keys.expire',
  'config.read',
  'slowlog.read',
  'latency.read',
];

export function redisRightsContract(getTarget: () => RedisContractTarget) {
  describe('rights', () => {
    it('lets an administrator do everything', async () => {
      const connection = getTarget().connect('admin');
      const { capabilities, version, probedAt } = await connection.capabilities(
        { refresh: true },
      );
      expect(version).toMatch(/^\d+\.\d+/);
      expect(Date.parse(probedAt)).toBeGreaterThan(0);
      expect(
        Object.fromEntries(
          capabilities.map(({ id, available }) => [id, available]),
        ),
      ).toEqual(
        Object.fromEntries(
          [
            ...READS,
            ...(connection.mode === 'cluster' ? ['cluster.read'] : []),
          ].map(id => [id, true]),
        ),
      );
    });

    it('tells for each right that is missing how to grant it', async () => {
      const connection = getTarget().connect('monitor');
      const { capabilities } = await connection.capabilities({ refresh: true });
      const missing = capabilities.filter(({ available }) => !available);
      expect(missing.map(({ id }) => id)).toEqual([
        'keys.memory',
        'keys.unlink',
        'keys.expire',
        'config.read',
        'slowlog.read',
        'latency.read',
      ]);
      expect(missing.map(({ remedy }) => remedy)).toEqual(
        [
          '+memory|usage',
          '+unlink',
          '+pexpire',
          '+config|get',
          '+slowlog|get',
          '+latency|histogram',
        ].map(rule => `run ACL SETUSER ${connection.user} ${rule}`),
      );
      expect(missing[0].reason).toMatch(/may not run MEMORY USAGE on .*NOPERM/);
    });

    it('names the command and the rule of a refusal', async () => {
      const connection = getTarget().connect('monitor');
      const [node] = await connection.primaries();
      const error = await connection
        .command(node, 'get', [contractKey('secret')])
        .catch(e => e);
      expect(error).toBeInstanceOf(ConnectionDeniedError);
      expect(error).toMatchObject({ status: 403, right: '+get' });
      expect(error.message).not.toContain('secret');
      // A refusal is an answer: the server is there.
      expect(connection.status().available).toBe(true);
    });

    it('tells a wrong password from a missing right', async () => {
      const connection = getTarget().connect('admin', {
        auth: { user: 'lakehouse-nobody', password: 'wrong' },
      });
      const error = await connection.capabilities().catch(e => e);
      expect(error).toBeInstanceOf(ConnectionDeniedError);
      expect(error).toMatchObject({ status: 401 });
      expect(error.message).not.toContain('wrong"');
      expect(connection.status().available).toBe(false);
    });
  });
}
