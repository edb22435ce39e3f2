import type {
  RedisAddress,
  RedisConnectionConfig,
} from '../../connections/redis';

/** The config of a connection for tests, with short time-outs. */
export function createRedisTestConfig(
  overrides: Pick<RedisConnectionConfig, 'servers'> &
    Partial<RedisConnectionConfig>,
): RedisConnectionConfig {
  return {
    id: 'cache',
    title: 'Cache',
    auth: {},
    database: 0,
    addresses: new Map<string, RedisAddress>(),
    prefixes: [],
    separators: [':', '/'],
    connectTimeoutMs: 5000,
    commandTimeoutMs: 5000,
    maxReplyBytes: 8 * 1024 * 1024,
    capabilitiesTtlMs: 600_000,
    reconnectAfterMs: 50,
    ...overrides,
  };
}

/** `host:port` as an address. */
export function addressOf(node: string): RedisAddress {
  const [host, port] = node.split(':');
  return { host, port: Number(port) };
}
