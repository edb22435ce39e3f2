export * from './config';
export * from './DefaultRedisConnection';
export * from './describeRedisError';
export {
  RedisReplyError,
  type RedisState,
  RedisStateError,
  RedisUnknownCommandError,
} from './errors';
export * from './RedisConnection';
export * from './RedisConnections';
export * from './redisConnectionsServiceRef';
export * from './RedisReply';
export * from './RedisTopology';
