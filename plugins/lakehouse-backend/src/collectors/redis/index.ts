export * from './createRedisCollectors';
