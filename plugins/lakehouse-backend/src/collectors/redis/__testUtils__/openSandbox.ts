import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import {
  DefaultRedisConnection,
  readRedisConnectionsConfig,
} from '@lakehouse-ops/plugin-lakehouse-node';
import {
  type RedisSandboxOptions,
  startRedisSandbox,
} from '@lakehouse-ops/sandbox';

/** A Redis that is played, and a connection to it. */
export async function openSandbox(
  options: RedisSandboxOptions & { entry?: JsonObject } = {},
) {
  const sandbox = await startRedisSandbox({ port: 0, ...options });
  const servers = options.cluster
    ? { cluster: { nodes: [...sandbox.nodes] } }
    : { url: sandbox.url };
  const [config] = readRedisConnectionsConfig(
    new ConfigReader({
      lakehouse: {
        redis: {
          connections: [
            {
              id: 'cache',
              commandTimeout: { milliseconds: 2000 },
              reconnectAfter: { milliseconds: 1 },
              ...servers,
              ...options.entry,
            },
          ],
        },
      },
    }),
  );
  const connection = DefaultRedisConnection.create({ config });
  return {
    sandbox,
    connection,
    async close() {
      await connection.close();
      await sandbox.close();
    },
  };
}
