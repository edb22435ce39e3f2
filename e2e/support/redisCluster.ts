import { Cluster } from 'ioredis';
import { required } from './superset';

const BATCH = 5_000;

/** The stack's Redis Cluster, as an application uses it. */
export function openRedisCluster(): Cluster {
  return new Cluster(
    required('STACK_REDIS_CLUSTER_NODES')
      .split(',')
      .map(node => {
        const [host, port] = node.split(':');
        return { host, port: Number(port) };
      }),
  );
}

/** Makes keys `<prefix><n>`. */
export async function fillKeys(
  cluster: Cluster,
  prefix: string,
  count: number,
): Promise<void> {
  for (let at = 0; at < count; at += BATCH) {
    await Promise.all(
      Array.from({ length: Math.min(BATCH, count - at) }, (_, index) =>
        cluster.set(`${prefix}${at + index}`, 'x'.repeat(50)),
      ),
    );
  }
}

/** How many keys begin with a prefix. */
export async function countKeys(
  cluster: Cluster,
  prefix: string,
): Promise<number> {
  let keys = 0;
  for (const node of cluster.nodes('master')) {
    let cursor = '0';
    do {
      const [next, found] = await node.scan(
        cursor,
        'MATCH',
        `${prefix}*`,
        'COUNT',
        5_000,
      );
      cursor = next;
      keys += found.length;
    } while (cursor !== '0');
  }
  return keys;
}
