import type { SystemConnections } from '../shared/SystemConnection';
import type { RedisConnection } from './RedisConnection';

/** The Redis connections of the config. @public */
export type RedisConnections = SystemConnections<RedisConnection>;
