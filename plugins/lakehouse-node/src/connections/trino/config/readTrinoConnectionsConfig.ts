import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  baseOf,
  type ConnectionEntry,
  readBreaker,
  readConnections,
  readCount,
  readMs,
  readTls,
  readUiUrl,
  readUrl,
  requireHeaderText,
} from '../../shared/connectionFields';
import { readTrinoAuthConfig } from './readTrinoAuthConfig';
import type { TrinoConnectionConfig } from './TrinoConnectionConfig';

const MIB = 1024 * 1024;

const DEFAULT_SOURCE = 'lakehouse-ops';
const DEFAULT_MAX_RESPONSE_BYTES = 16 * MIB;
const DEFAULT_QUERY_LIST_MAX_BYTES = 32 * MIB;

/**
 * Reads `lakehouse.trino.connections`.
 *
 * @throws InputError that names the field when one is missing or can't be used
 * @public
 */
export function readTrinoConnectionsConfig(
  config: Config,
): TrinoConnectionConfig[] {
  return readConnections(config, {
    key: 'lakehouse.trino.connections',
    read: readConnection,
  });
}

function readConnection(
  at: ConnectionEntry & { id: string; title: string },
): TrinoConnectionConfig {
  const { entry } = at;
  const url = readUrl(at, { key: 'url', plain: true });
  const tls = readTls(at);
  const auth = readTrinoAuthConfig(entry, { at: at.at, url, tls });
  return {
    id: at.id,
    title: at.title,
    url: baseOf(url),
    uiUrl: readUiUrl(at),
    user: requireHeaderText(
      (entry.getOptionalString('user') ??
        (auth.type === 'basic' ? auth.user : undefined)) ||
        entry.getString('user'),
      `${at.at}.user`,
    ),
    source: requireHeaderText(
      entry.getOptionalString('source') ?? DEFAULT_SOURCE,
      `${at.at}.source`,
    ),
    clientTags: readClientTags(at),
    auth,
    tls,
    advertisedOrigins: readOrigins(at),
    statementTimeoutMs: readMs(at, {
      key: 'statementTimeout',
      otherwise: { minutes: 5 },
    }),
    requestTimeoutMs: readMs(at, {
      key: 'requestTimeout',
      otherwise: { seconds: 30 },
    }),
    maxResponseBytes: readCount(at, {
      key: 'maxResponseBytes',
      otherwise: DEFAULT_MAX_RESPONSE_BYTES,
    }),
    queryListMaxBytes: readCount(at, {
      key: 'queryListMaxBytes',
      otherwise: DEFAULT_QUERY_LIST_MAX_BYTES,
    }),
    capabilitiesTtlMs: readMs(at, {
      key: 'capabilitiesTtl',
      otherwise: { minutes: 10 },
    }),
    breaker: readBreaker(at),
  };
}

function readClientTags({ entry, at }: ConnectionEntry): string[] {
  return (entry.getOptionalStringArray('clientTags') ?? []).map(
    (tag, index) => {
      const field = `${at}.clientTags[${index}]`;
      if (tag.includes(',')) {
        throw new InputError(
          `${field} is '${tag}'. A comma parts tags: write two entries.`,
        );
      }
      return requireHeaderText(tag, field);
    },
  );
}

function readOrigins({ entry, at }: ConnectionEntry): string[] {
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
