import { Cluster, Redis } from 'ioredis';
import type { CrashCase, Prepared } from './CrashCase';

const KEYS = 3_000;

/** The Redis actions: those that change keys each have a cache of their own. */
export function redisCases(servers: {
  url: string;
  clusterNodes: readonly string[];
  password?: string;
}): { cases: CrashCase[]; close(): void } {
  const single = new Redis(servers.url);
  const cluster = new Cluster(
    servers.clusterNodes.map(node => {
      const [host, port] = node.split(':');
      return { host, port: Number(port) };
    }),
  );

  const fill = async (client: Redis | Cluster, prefix: string) => {
    const keys = Array.from({ length: KEYS }, (_, n) => `${prefix}:${n}`);
    for (let at = 0; at < KEYS; at += 500) {
      await Promise.all(
        keys.slice(at, at + 500).map(key => client.set(key, 'value')),
      );
    }
    return keys;
  };
  const tally = async (
    keys: readonly string[],
    is: (key: string) => Promise<boolean>,
  ) => {
    const answers = await Promise.all(keys.map(is));
    return answers.filter(Boolean).length;
  };
  const truthOf = (count: number) => {
    if (count === KEYS) return 'done';
    return count === 0 ? 'not-done' : 'partly';
  };
  const clear = async (client: Redis | Cluster, keys: readonly string[]) => {
    await Promise.all(keys.map(key => client.del(key)));
  };

  const cases: CrashCase[] = [
    {
      actionId: 'redis:flush-keys',
      wave: 1,
      async prepare(label): Promise<Prepared> {
        const prefix = `crash-flush-${label}`;
        const keys = await fill(single, prefix);
        return {
          parameters: { connection: 'cache', pattern: `${prefix}:*` },
          look: async () =>
            truthOf(
              await tally(keys, async key => !(await single.exists(key))),
            ),
          clear: () => clear(single, keys),
        };
      },
    },
    {
      actionId: 'redis:expire-keys-with-jitter',
      wave: 1,
      async prepare(label): Promise<Prepared> {
        const prefix = `crash-expire-${label}`;
        const keys = await fill(cluster, prefix);
        return {
          parameters: {
            connection: 'cache-cluster',
            pattern: `${prefix}:*`,
            windowSeconds: 86_400,
          },
          look: async () =>
            truthOf(
              await tally(keys, async key => (await cluster.pttl(key)) !== -1),
            ),
          clear: () => clear(cluster, keys),
        };
      },
    },
  ];
  return {
    cases,
    close: () => {
      single.disconnect();
      cluster.disconnect();
    },
  };
}
