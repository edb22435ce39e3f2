import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  type ConnectionEntry,
  readConnections,
  readCount,
  readMs,
  readTls,
  readUiUrl,
} from '../../shared/connectionFields';
import { readRedisAddresses } from './readRedisAddress';
import { readRedisAuth } from './readRedisAuth';
import { readRedisServers } from './readRedisServers';
import type { RedisConnectionConfig } from './RedisConnectionConfig';

export const REDIS_CONNECTIONS_KEY = 'lakehouse.redis.connections';

const MAX_PREFIXES = 200;

/**
 * Reads `lakehouse.redis.connections`.
 *
 * @throws InputError that names the field which can't be used
 * @public
 */
export function readRedisConnectionsConfig(
  config: Config,
): RedisConnectionConfig[] {
  return readConnections(config, {
    key: REDIS_CONNECTIONS_KEY,
    read: ({ id, title, ...own }) => {
      const { servers, secure } = readRedisServers(own);
      const tls = secure || own.entry.has('tls') ? readTls(own) : undefined;
      return {
        id,
        title,
        uiUrl: readUiUrl(own),
        servers,
        auth: readRedisAuth(own, 'auth'),
        tls,
        database: readDatabase(own, servers.mode),
        addresses: readRedisAddresses(own),
        prefixes: readTexts(own, 'prefixes', []),
        separators: readTexts(own, 'separators', [':', '/']),
        trinoSource: readTrinoSource(own),
        connectTimeoutMs: readMs(own, {
          key: 'connectTimeout',
          otherwise: { seconds: 5 },
        }),
        commandTimeoutMs: readMs(own, {
          key: 'commandTimeout',
          otherwise: { seconds: 5 },
        }),
        maxReplyBytes: readCount(own, {
          key: 'maxReplyBytes',
          otherwise: 8 * 1024 * 1024,
        }),
        capabilitiesTtlMs: readMs(own, {
          key: 'capabilitiesTtl',
          otherwise: { minutes: 10 },
        }),
        reconnectAfterMs: readMs(own, {
          key: 'reconnectAfter',
          otherwise: { seconds: 1 },
        }),
      };
    },
  });
}

function readDatabase({ entry, at }: ConnectionEntry, mode: string): number {
  const database = entry.getOptionalNumber('database') ?? 0;
  if (!Number.isSafeInteger(database) || database < 0) {
    throw new InputError(
      `${at}.database is ${database}. Write a whole number from 0.`,
    );
  }
  if (mode === 'cluster' && database !== 0) {
    throw new InputError(
      `${at}.database is ${database}, but a cluster has database 0 only. Leave it out.`,
    );
  }
  return database;
}

function readTexts(
  { entry, at }: ConnectionEntry,
  key: string,
  otherwise: string[],
): string[] {
  const texts = entry.getOptionalStringArray(key) ?? otherwise;
  if (texts.length > MAX_PREFIXES) {
    throw new InputError(
      `${at}.${key} has ${texts.length} texts. Tell at most ${MAX_PREFIXES}.`,
    );
  }
  return [...new Set(texts)];
}

function readTrinoSource({ entry }: ConnectionEntry) {
  const own = entry.getOptionalConfig('trinoSource');
  return own
    ? {
        connection: own.getString('connection'),
        source: own.getString('source'),
      }
    : undefined;
}
