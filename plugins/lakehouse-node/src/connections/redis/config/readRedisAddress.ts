import { InputError } from '@backstage/errors';
import type { ConnectionEntry } from '../../shared/connectionFields';
import type { RedisAddress } from './RedisConnectionConfig';

const DEFAULT_PORT = 6379;
/** host, host:port or [ipv6]:port */
const ADDRESS = /^(?:\[([0-9a-fA-F:.]+)\]|([^\s:/@[\]]+))(?::(\d{1,5}))?$/;

/** Reads `host:port`; IPv6 hosts stand in brackets. */
export function parseRedisAddress(
  text: string,
  defaultPort = DEFAULT_PORT,
): RedisAddress | undefined {
  const match = ADDRESS.exec(text);
  const host = match?.[1] ?? match?.[2];
  const port = match?.[3] === undefined ? defaultPort : Number(match[3]);
  return host && port > 0 && port < 65_536 ? { host, port } : undefined;
}

/** The id of a node. */
export function formatRedisAddress({ host, port }: RedisAddress): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** @throws InputError that names the field */
export function requireRedisAddress(
  text: string,
  options: { field: string; defaultPort?: number },
): RedisAddress {
  const address = parseRedisAddress(text, options.defaultPort);
  if (!address) {
    throw new InputError(
      `${options.field} is '${text}'. Write host:port, for example redis.example.com:6379.`,
    );
  }
  return address;
}

/** Reads `addresses`. */
export function readRedisAddresses({
  entry,
  at,
}: ConnectionEntry): ReadonlyMap<string, RedisAddress> {
  return new Map(
    (entry.getOptionalConfigArray('addresses') ?? []).map((own, index) => {
      const field = `${at}.addresses[${index}]`;
      const told = requireRedisAddress(own.getString('told'), {
        field: `${field}.told`,
      });
      return [
        formatRedisAddress(told),
        requireRedisAddress(own.getString('reached'), {
          field: `${field}.reached`,
        }),
      ];
    }),
  );
}
