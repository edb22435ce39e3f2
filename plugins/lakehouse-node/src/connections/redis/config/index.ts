export { readRedisConnectionsConfig } from './readRedisConnectionsConfig';
export * from './RedisConnectionConfig';
