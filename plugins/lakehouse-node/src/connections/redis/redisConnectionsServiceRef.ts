import { createConnectionsServiceRef } from '../shared/createConnectionsServiceRef';
import {
  readRedisConnectionsConfig,
  REDIS_CONNECTIONS_KEY,
} from './config/readRedisConnectionsConfig';
import { DefaultRedisConnection } from './DefaultRedisConnection';
import type { RedisConnection } from './RedisConnection';

/**
 * The Redis connections of the config, one set for all plugins of a backend.
 *
 * @public
 */
export const redisConnectionsServiceRef =
  createConnectionsServiceRef<RedisConnection>({
    id: 'lakehouse.redis-connections',
    system: 'Redis',
    configKey: REDIS_CONNECTIONS_KEY,
    fromConfig: config =>
      readRedisConnectionsConfig(config).map(entry =>
        DefaultRedisConnection.create({ config: entry }),
      ),
  });
