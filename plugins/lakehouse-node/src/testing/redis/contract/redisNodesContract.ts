import { RedisStateError } from '../../../connections/redis';
import type { RedisContractTarget } from '../RedisContractTarget';
import { contractKey } from './contractKeys';

const SLOTS = 16_384;

export function redisNodesContract(getTarget: () => RedisContractTarget) {
  describe('nodes', () => {
    it('tells primaries, and all slots of a cluster', async () => {
      const connection = getTarget().connect('admin');
      const topology = await connection.topology({ refresh: true });
      const primaries = await connection.primaries();
      const slots = primaries
        .flatMap(node => node.slots ?? [])
        .reduce((sum, [first, last]) => sum + last - first + 1, 0);
      const isCluster = connection.mode === 'cluster';
      expect(primaries.map(({ id }) => id)).toEqual(
        Array.from({ length: Math.max(1, primaries.length) }, () =>
          expect.stringMatching(/^.+:\d+$/),
        ),
      );
      expect([topology.state, topology.slotsCovered, slots]).toEqual(
        isCluster ? ['ok', SLOTS, SLOTS] : [undefined, undefined, 0],
      );
      expect(primaries.length > 1).toBe(isCluster);
    });

    it('gives the same fingerprint as long as nothing moves', async () => {
      const connection = getTarget().connect('admin');
      const before = await connection.topology({ refresh: true });
      const after = await connection.topology({ refresh: true });
      expect(after.fingerprint).toBe(before.fingerprint);
    });

    it('asks no node that is not of the topology', async () => {
      await expect(
        getTarget().connect('admin').command({ id: '127.0.0.1:1' }, 'ping'),
      ).rejects.toThrow(/has no node 127\.0\.0\.1:1/);
    });

    it('tells which node has a key that another was asked for', async () => {
      const connection = getTarget().connect('admin');
      const primaries = await connection.primaries();
      const key = contractKey('moved');
      const answers = await Promise.all(
        primaries.map(node =>
          connection.command(node, 'get', [key]).catch(error => error),
        ),
      );
      const owner = primaries[answers.findIndex(one => one === undefined)];
      const moved = answers.filter(one => one instanceof RedisStateError);
      expect(moved).toHaveLength(primaries.length - 1);
      expect(moved).toEqual(
        moved.map(() =>
          expect.objectContaining({
            state: 'MOVED',
            redirect: { node: owner.id, slot: expect.any(Number) },
          }),
        ),
      );
    });

    it('opens sockets of their own to every primary for a run', async () => {
      const connection = getTarget().connect('admin');
      const primaries = await connection.primaries();
      const client = await connection.withRunbookClients(
        async ({ clients, topology, currentTopology }) => {
          expect(clients.map(({ node }) => node.id)).toEqual(
            primaries.map(({ id }) => id),
          );
          for (const { runId } of clients)
            expect(runId).toMatch(/^[0-9a-f]{40}$/);
          expect((await currentTopology()).fingerprint).toBe(
            topology.fingerprint,
          );
          expect(await clients[0].command('ping')).toBe('PONG');
          return clients[0];
        },
      );
      expect(client.usable).toBe(false);
      const [outcome] = await client.pipeline([{ name: 'ping', args: [] }]);
      expect(outcome.outcome).toBe('not-done');
    });
  });
}
