import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds, type HumanDuration } from '@backstage/types';
import type { TlsConfig } from '../http/TlsDispatcher';

/** So that an id can stand in a URL, an annotation and a metric's label. */
const ID = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/;
/** What an HTTP header carries without encoding. */
const HEADER_TEXT = /^[\x20-\x7e]+$/;

const DEFAULT_BREAKER = { failures: 5, reopenAfter: { seconds: 5 } };

/** One entry of a list of connections, and where it stands: `lakehouse.redis.connections[0]`. */
export interface ConnectionEntry {
  readonly entry: Config;
  readonly at: string;
}

/**
 * Reads a list of connections, each with an id of its own.
 *
 * @throws InputError that names the field when an id is missing, odd or there twice
 */
export function readConnections<T extends { readonly id: string }>(
  config: Config,
  options: {
    key: string;
    read: (entry: ConnectionEntry & { id: string; title: string }) => T;
  },
): T[] {
  const seen = new Set<string>();
  return (config.getOptionalConfigArray(options.key) ?? []).map(
    (entry, index) => {
      const at = `${options.key}[${index}]`;
      const id = entry.getString('id');
      if (!ID.test(id)) {
        throw new InputError(
          `${at}.id is '${id}'. Use letters, digits, dots, underscores and dashes, at most 63.`,
        );
      }
      if (seen.has(id)) {
        throw new InputError(
          `${at}.id is '${id}' a second time. Give each connection an id of its own.`,
        );
      }
      seen.add(id);
      const title = entry.getOptionalString('title') ?? id;
      return options.read({ entry, at, id, title });
    },
  );
}

/**
 * Reads an http or https URL.
 *
 * @param options - `plain`: without query and hash, and given back without a slash at its end
 */
export function readUrl(
  { entry, at }: ConnectionEntry,
  options: { key: string; plain?: boolean },
): URL {
  const text = entry.getString(options.key);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError(
      `${at}.${options.key} is '${text}'. Write a URL that begins with http:// or https://.`,
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      `${at}.${options.key} holds a user or password. Put them under auth, where they are kept secret.`,
    );
  }
  if (options.plain && (url.search || url.hash)) {
    throw new InputError(
      `${at}.${options.key} must end with its host, port or path, without ? or #.`,
    );
  }
  return url;
}

/** Reads `uiUrl`, where people look at the system. */
export function readUiUrl(entry: ConnectionEntry): string | undefined {
  return entry.entry.has('uiUrl')
    ? readUrl(entry, { key: 'uiUrl' }).href
    : undefined;
}

/** A URL as the beginning of others. */
export function baseOf(url: URL): string {
  return url.href.replace(/\/+$/, '');
}

/** Reads `tls`. */
export function readTls({ entry, at }: ConnectionEntry): TlsConfig {
  const tls = {
    caFile: entry.getOptionalString('tls.caFile'),
    certFile: entry.getOptionalString('tls.certFile'),
    keyFile: entry.getOptionalString('tls.keyFile'),
    serverName: entry.getOptionalString('tls.serverName'),
  };
  if (!tls.certFile !== !tls.keyFile) {
    throw new InputError(
      `${at}.tls needs both certFile and keyFile, or neither.`,
    );
  }
  return tls;
}

/** Text that an HTTP header can carry. */
export function requireHeaderText(text: string, field: string): string {
  if (!HEADER_TEXT.test(text)) {
    throw new InputError(
      `${field} is '${text}', which an HTTP header can't carry. Use printable ASCII.`,
    );
  }
  return text;
}

/** Reads a duration longer than nothing, in milliseconds. */
export function readMs(
  { entry, at }: ConnectionEntry,
  options: { key: string; otherwise: HumanDuration },
): number {
  const ms = durationToMilliseconds(
    entry.has(options.key)
      ? readDurationFromConfig(entry, { key: options.key })
      : options.otherwise,
  );
  if (!(ms > 0)) {
    throw new InputError(`${at}.${options.key} must be longer than nothing.`);
  }
  return ms;
}

/** Reads a whole number above 0. */
export function readCount(
  { entry, at }: ConnectionEntry,
  options: { key: string; otherwise: number },
): number {
  const count = entry.getOptionalNumber(options.key) ?? options.otherwise;
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InputError(
      `${at}.${options.key} is ${count}. Write a whole number above 0.`,
    );
  }
  return count;
}

/** Reads `breaker`: when requests are to fail at once. */
export function readBreaker({ entry, at }: ConnectionEntry) {
  const breaker = entry.getOptionalConfig('breaker');
  if (!breaker) {
    return {
      failures: DEFAULT_BREAKER.failures,
      reopenAfterMs: durationToMilliseconds(DEFAULT_BREAKER.reopenAfter),
    };
  }
  const own = { entry: breaker, at: `${at}.breaker` };
  return {
    failures: readCount(own, {
      key: 'failures',
      otherwise: DEFAULT_BREAKER.failures,
    }),
    reopenAfterMs: readMs(own, {
      key: 'reopenAfter',
      otherwise: DEFAULT_BREAKER.reopenAfter,
    }),
  };
}
