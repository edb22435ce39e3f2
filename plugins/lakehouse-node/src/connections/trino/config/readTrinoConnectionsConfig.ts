import { Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { readTrinoAuthConfig } from './readTrinoAuthConfig';
import type {
  TrinoConnectionConfig,
  TrinoTlsConfig,
} from './TrinoConnectionConfig';

const KEY = 'lakehouse.trino.connections';
/** So that an id can stand in a URL, an annotation and a metric's label. */
const ID = /^[a-zA-Z0-9][a-zA-Z0-9._-]{0,62}$/;
/** What an HTTP header carries without encoding. */
const HEADER_TEXT = /^[\x20-\x7e]+$/;
const MIB = 1024 * 1024;

const DEFAULT_SOURCE = 'lakehouse-ops';
const DEFAULT_DURATIONS = {
  statementTimeout: { minutes: 5 },
  requestTimeout: { seconds: 30 },
  capabilitiesTtl: { minutes: 10 },
  reopenAfter: { seconds: 5 },
};
const DEFAULT_MAX_RESPONSE_BYTES = 16 * MIB;
const DEFAULT_QUERY_LIST_MAX_BYTES = 32 * MIB;
const DEFAULT_BREAKER_FAILURES = 5;

/**
 * Reads `lakehouse.trino.connections`.
 *
 * @throws InputError that names the field when one is missing or can't be used
 * @public
 */
export function readTrinoConnectionsConfig(
  config: Config,
): TrinoConnectionConfig[] {
  const seen = new Set<string>();
  return (config.getOptionalConfigArray(KEY) ?? []).map((entry, index) => {
    const connection = readConnection(entry, `${KEY}[${index}]`);
    if (seen.has(connection.id)) {
      throw new InputError(
        `${KEY}[${index}].id is '${connection.id}' a second time. Give each connection an id of its own.`,
      );
    }
    seen.add(connection.id);
    return connection;
  });
}

function readConnection(entry: Config, at: string): TrinoConnectionConfig {
  const id = entry.getString('id');
  if (!ID.test(id)) {
    throw new InputError(
      `${at}.id is '${id}'. Use letters, digits, dots, underscores and dashes, at most 63.`,
    );
  }
  const url = readUrl(entry, { key: 'url', at });
  const tls = readTls(entry, at);
  const auth = readTrinoAuthConfig(entry, { at, url, tls });
  return {
    id,
    title: entry.getOptionalString('title') ?? id,
    url: url.href.replace(/\/+$/, ''),
    uiUrl: entry.has('uiUrl')
      ? readUrl(entry, { key: 'uiUrl', at }).href
      : undefined,
    user: readHeaderText(
      (entry.getOptionalString('user') ??
        (auth.type === 'basic' ? auth.user : undefined)) ||
        entry.getString('user'),
      `${at}.user`,
    ),
    source: readHeaderText(
      entry.getOptionalString('source') ?? DEFAULT_SOURCE,
      `${at}.source`,
    ),
    clientTags: readClientTags(entry, at),
    auth,
    tls,
    advertisedOrigins: readOrigins(entry, at),
    statementTimeoutMs: readMs(entry, 'statementTimeout', at),
    requestTimeoutMs: readMs(entry, 'requestTimeout', at),
    maxResponseBytes: readCount(entry, {
      key: 'maxResponseBytes',
      at,
      otherwise: DEFAULT_MAX_RESPONSE_BYTES,
    }),
    queryListMaxBytes: readCount(entry, {
      key: 'queryListMaxBytes',
      at,
      otherwise: DEFAULT_QUERY_LIST_MAX_BYTES,
    }),
    capabilitiesTtlMs: readMs(entry, 'capabilitiesTtl', at),
    breaker: readBreaker(entry, at),
  };
}

function readUrl(entry: Config, options: { key: string; at: string }): URL {
  const text = entry.getString(options.key);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError(
      `${options.at}.${options.key} is '${text}'. Write a URL that begins with http:// or https://.`,
    );
  }
  if (url.username || url.password) {
    throw new InputError(
      `${options.at}.${options.key} holds a user or password. Put them under auth, where they are kept secret.`,
    );
  }
  if (options.key === 'url' && (url.search || url.hash)) {
    throw new InputError(
      `${options.at}.url must end with its host, port or path, without ? or #.`,
    );
  }
  return url;
}

function readTls(entry: Config, at: string): TrinoTlsConfig {
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

function readHeaderText(text: string, at: string): string {
  if (!HEADER_TEXT.test(text)) {
    throw new InputError(
      `${at} is '${text}', which an HTTP header can't carry. Use printable ASCII.`,
    );
  }
  return text;
}

function readClientTags(entry: Config, at: string): string[] {
  return (entry.getOptionalStringArray('clientTags') ?? []).map(
    (tag, index) => {
      const field = `${at}.clientTags[${index}]`;
      if (tag.includes(',')) {
        throw new InputError(
          `${field} is '${tag}'. A comma parts tags: write two entries.`,
        );
      }
      return readHeaderText(tag, field);
    },
  );
}

function readOrigins(entry: Config, at: string): string[] {
  return (entry.getOptionalStringArray('advertisedOrigins') ?? []).map(
    (text, index) => {
      if (!URL.canParse(text) || new URL(text).origin === 'null') {
        throw new InputError(
          `${at}.advertisedOrigins[${index}] is '${text}'. Write scheme, host and port, for example http://trino:8080.`,
        );
      }
      return new URL(text).origin;
    },
  );
}

function readMs(
  entry: Config,
  key: keyof typeof DEFAULT_DURATIONS,
  at: string,
): number {
  const ms = durationToMilliseconds(
    entry.has(key)
      ? readDurationFromConfig(entry, { key })
      : DEFAULT_DURATIONS[key],
  );
  if (!(ms > 0)) {
    throw new InputError(`${at}.${key} must be longer than nothing.`);
  }
  return ms;
}

function readCount(
  entry: Config,
  options: { key: string; at: string; otherwise: number },
): number {
  const count = entry.getOptionalNumber(options.key) ?? options.otherwise;
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new InputError(
      `${options.at}.${options.key} is ${count}. Write a whole number above 0.`,
    );
  }
  return count;
}

function readBreaker(entry: Config, at: string) {
  const breaker = entry.getOptionalConfig('breaker');
  return {
    failures: breaker
      ? readCount(breaker, {
          key: 'failures',
          at: `${at}.breaker`,
          otherwise: DEFAULT_BREAKER_FAILURES,
        })
      : DEFAULT_BREAKER_FAILURES,
    reopenAfterMs: breaker
      ? readMs(breaker, 'reopenAfter', `${at}.breaker`)
      : durationToMilliseconds(DEFAULT_DURATIONS.reopenAfter),
  };
}
