import type {
  LoggerService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import type { RedisConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { ObservationStore } from '../../observations/ObservationStore';
import type { Collector } from '../Collector';
import { CacheCollector } from './CacheCollector';
import { KeyspaceCollector } from './KeyspaceCollector';
import { readRedisCollectorsConfig } from './RedisCollectorsConfig';
import { StampedeCollector } from './StampedeCollector';

/**
 * All collectors of one Redis connection.
 *
 * @throws InputError when `lakehouse.collectors.cache` can't be used
 */
export function createRedisCollectors(options: {
  connection: RedisConnection;
  store: Pick<ObservationStore, 'caches' | 'gaps' | 'queryPage'>;
  config: RootConfigService;
  logger: LoggerService;
  now?: () => number;
}): Collector[] {
  const { connection, store, now = Date.now } = options;
  const config = readRedisCollectorsConfig(options.config);
  return [
    CacheCollector.create({ connection, store, now }),
    KeyspaceCollector.create({
      connection,
      store,
      config: config.keyspace,
      now,
    }),
    StampedeCollector.create({
      connection,
      store,
      config: config.stampedes,
      now,
    }),
  ];
}
