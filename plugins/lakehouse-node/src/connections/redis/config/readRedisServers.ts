import { InputError } from '@backstage/errors';
import type { ConnectionEntry } from '../../shared/connectionFields';
import { requireRedisAddress } from './readRedisAddress';
import { readRedisAuth } from './readRedisAuth';
import type { RedisAddress, RedisServersConfig } from './RedisConnectionConfig';

const SENTINEL_PORT = 26_379;
const URL_TEXT = /^(rediss?):\/\/([^/?#]+)\/?$/;
const MAX_ADDRESSES = 64;

/**
 * Reads which of `url`, `sentinel` and `cluster` an entry has.
 *
 * @returns `secure`: whether its url asks for TLS
 * @throws InputError that names the field
 */
export function readRedisServers(own: ConnectionEntry): {
  servers: RedisServersConfig;
  secure: boolean;
} {
  const { entry, at } = own;
  const told = ['url', 'sentinel', 'cluster'].filter(key => entry.has(key));
  if (told.length !== 1) {
    throw new InputError(
      `${at} has ${
        told.join(' and ') || 'none of url, sentinel and cluster'
      }. Tell exactly one of url (one server), sentinel and cluster.`,
    );
  }
  if (told[0] === 'url') {
    const { address, secure } = readServerUrl(own);
    return { servers: { mode: 'standalone', address }, secure };
  }
  if (told[0] === 'cluster') {
    const nodes = readList(own, { key: 'cluster.nodes' });
    return { servers: { mode: 'cluster', nodes }, secure: false };
  }
  return {
    servers: {
      mode: 'sentinel',
      name: entry.getString('sentinel.name'),
      sentinels: readList(own, {
        key: 'sentinel.nodes',
        defaultPort: SENTINEL_PORT,
      }),
      auth: readRedisAuth(own, 'sentinel.auth'),
      tls: entry.getOptionalBoolean('sentinel.tls') ?? entry.has('tls'),
    },
    secure: false,
  };
}

function readServerUrl({ entry, at }: ConnectionEntry): {
  address: RedisAddress;
  secure: boolean;
} {
  const text = entry.getString('url');
  const match = URL_TEXT.exec(text);
  if (match?.[2].includes('@')) {
    throw new InputError(
      `${at}.url holds a user or password. Put them under auth, where they are kept secret.`,
    );
  }
  if (!match) {
    throw new InputError(
      `${at}.url is '${text}'. Write redis://host:port, or rediss://host:port for TLS; the database stands in database.`,
    );
  }
  return {
    address: requireRedisAddress(match[2], { field: `${at}.url` }),
    secure: match[1] === 'rediss',
  };
}

function readList(
  { entry, at }: ConnectionEntry,
  options: { key: string; defaultPort?: number },
): RedisAddress[] {
  const texts = entry.getStringArray(options.key);
  if (texts.length < 1 || texts.length > MAX_ADDRESSES) {
    throw new InputError(
      `${at}.${options.key} must name 1 to ${MAX_ADDRESSES} servers as host:port.`,
    );
  }
  return texts.map((text, index) =>
    requireRedisAddress(text, {
      field: `${at}.${options.key}[${index}]`,
      defaultPort: options.defaultPort,
    }),
  );
}
