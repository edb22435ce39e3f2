import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { PersonalApiSettings } from '../settings/readSettings';

const MAX_RECONNECT_DELAY_MS = 2_000;

/** A cache that does not answer is a miss, soon: nobody waits for it. */
const OPTIONS = {
  commandTimeout: 500,
  connectTimeout: 2_000,
  maxRetriesPerRequest: 1,
  retryStrategy: attempt => Math.min(attempt * 100, MAX_RECONNECT_DELAY_MS),
} satisfies RedisOptions;

/** Connects to one Redis or to a cluster. */
export function connectRedis(
  settings: PersonalApiSettings['redis'],
  onError: (error: Error) => void,
): Redis | Cluster {
  const redis = settings.clusterNodes
    ? new Cluster([...settings.clusterNodes], {
        redisOptions: OPTIONS,
        clusterRetryStrategy: OPTIONS.retryStrategy,
      })
    : new Redis(settings.url, OPTIONS);
  // Without a listener it would end the process.
  redis.on('error', onError);
  return redis;
}
