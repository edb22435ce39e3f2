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
import type {
  SupersetAuthConfig,
  SupersetConnectionConfig,
  SupersetDatabaseMapping,
} from './SupersetConnectionConfig';

const MIB = 1024 * 1024;

/** Where the connections stand in app-config. */
export const SUPERSET_CONFIG_KEY = 'lakehouse.superset.connections';

/**
 * Reads `lakehouse.superset.connections`.
 *
 * @throws InputError that names the field when one is missing or can't be used
 * @public
 */
export function readSupersetConnectionsConfig(
  config: Config,
): SupersetConnectionConfig[] {
  return readConnections(config, {
    key: SUPERSET_CONFIG_KEY,
    read: at => ({
      id: at.id,
      title: at.title,
      url: baseOf(readUrl(at, { key: 'url', plain: true })),
      uiUrl: readUiUrl(at),
      auth: readAuth(at),
      tls: readTls(at),
      databases: readDatabases(at),
      requestTimeoutMs: readMs(at, {
        key: 'requestTimeout',
        otherwise: { seconds: 30 },
      }),
      chartTimeoutMs: readMs(at, {
        key: 'chartTimeout',
        otherwise: { minutes: 5 },
      }),
      maxResponseBytes: readCount(at, {
        key: 'maxResponseBytes',
        otherwise: 16 * MIB,
      }),
      maxObjects: readCount(at, { key: 'maxObjects', otherwise: 5000 }),
      capabilitiesTtlMs: readMs(at, {
        key: 'capabilitiesTtl',
        otherwise: { minutes: 10 },
      }),
      breaker: readBreaker(at),
    }),
  });
}

function readAuth({ entry, at }: ConnectionEntry): SupersetAuthConfig {
  const apiKey = entry.getOptionalString('auth.apiKey');
  if (apiKey !== undefined) {
    if (entry.has('auth.user') || entry.has('auth.password')) {
      throw new InputError(
        `${at}.auth has apiKey besides user or password. Keep one of them.`,
      );
    }
    return {
      type: 'api-key',
      apiKey: requireHeaderText(apiKey, `${at}.auth.apiKey`),
    };
  }
  const provider = entry.getOptionalString('auth.provider') ?? 'db';
  if (provider !== 'db' && provider !== 'ldap') {
    throw new InputError(
      `${at}.auth.provider is '${provider}'. Use db or ldap; an account that signs in elsewhere (OAuth, OIDC) can't log in by password: give it an API key.`,
    );
  }
  return {
    type: 'password',
    user: entry.getString('auth.user'),
    password: entry.getString('auth.password'),
    provider,
  };
}

function readDatabases({
  entry,
  at,
}: ConnectionEntry): SupersetDatabaseMapping[] {
  const seen = new Set<string>();
  return (entry.getOptionalConfigArray('databases') ?? []).map(
    (database, index) => {
      const name = database.getString('name');
      if (seen.has(name)) {
        throw new InputError(
          `${at}.databases[${index}].name is '${name}' a second time. Name each database once.`,
        );
      }
      seen.add(name);
      return {
        name,
        trino: database.getString('trino'),
        catalog: database.getOptionalString('catalog'),
      };
    },
  );
}
