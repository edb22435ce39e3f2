import {
  DefaultRedisConnection,
  type RedisConnectionConfig,
} from '../../connections/redis';
import { createRedisTestConfig } from './createRedisTestConfig';
import type {
  RedisContractTarget,
  RedisContractUser,
} from './RedisContractTarget';

/** Connections of a contract's users to one Redis. */
export function openRedisTarget(options: {
  servers: RedisConnectionConfig['servers'];
  authOf: (user: RedisContractUser) => RedisConnectionConfig['auth'];
  close: () => Promise<void>;
}): RedisContractTarget {
  const opened = new Map<string, DefaultRedisConnection>();
  return {
    connect(user, overrides = {}) {
      const key = `${user} ${JSON.stringify(overrides)}`;
      const connection =
        opened.get(key) ??
        DefaultRedisConnection.create({
          config: createRedisTestConfig({
            servers: options.servers,
            auth: options.authOf(user),
            ...overrides,
          }),
        });
      opened.set(key, connection);
      return connection;
    },
    async close() {
      await Promise.all([...opened.values()].map(one => one.close()));
      await options.close();
    },
  };
}
