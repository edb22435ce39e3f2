import type {
  RedisConnection,
  RedisConnectionConfig,
} from '../../connections/redis';

/**
 * Who the contract acts as. `admin` may do everything; `monitor` may run INFO, SCAN,
 * TTL, PTTL, EXISTS, PING, SELECT, CLIENT SETNAME and CLUSTER on all keys, and nothing
 * else.
 *
 * @public
 */
export type RedisContractUser = 'admin' | 'monitor';

/** Rules of the user `monitor`. @public */
export const REDIS_MONITOR_RULES = [
  '~*',
  '+info',
  '+scan',
  '+ttl',
  '+pttl',
  '+exists',
  '+ping',
  '+select',
  '+client|setname',
  '+cluster',
] as const;

/** One Redis that is to keep the contract. @public */
export interface RedisContractTarget {
  /** The same connection each time that the same is asked for. */
  connect(
    user: RedisContractUser,
    overrides?: Partial<RedisConnectionConfig>,
  ): RedisConnection;
  close(): Promise<void>;
}
