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
} from '../shared/connectionFields';
import type {
  PrometheusAuthConfig,
  PrometheusConnectionConfig,
} from './PrometheusConnectionConfig';

const AUTH_TYPES = ['none', 'basic', 'bearer'] as const;
const DEFAULT_MAX_RESPONSE_BYTES = 8 * 1024 * 1024;
const DEFAULT_MAX_SERIES = 500;
const DEFAULT_MAX_POINTS = 1000;
/** More points for a series Prometheus refuses itself. Source: web/api/v1/api.go of Prometheus 2.42. */
const MOST_POINTS = 11_000;
/** Mimir's and Loki's. */
const DEFAULT_TENANT_HEADER = 'X-Scope-OrgID';
/** RFC 9110, section 5.6.2. */
const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/**
 * Reads `lakehouse.prometheus.connections`.
 *
 * @throws InputError that names the field when one is missing or can't be used
 * @public
 */
export function readPrometheusConnectionsConfig(
  config: Config,
): PrometheusConnectionConfig[] {
  return readConnections(config, {
    key: 'lakehouse.prometheus.connections',
    read: at => ({
      id: at.id,
      title: at.title,
      url: baseOf(readUrl(at, { key: 'url', plain: true })),
      uiUrl: readUiUrl(at),
      auth: readAuth(at),
      tls: readTls(at),
      tenant: readTenant(at),
      requestTimeoutMs: readMs(at, {
        key: 'requestTimeout',
        otherwise: { seconds: 15 },
      }),
      maxResponseBytes: readCount(at, {
        key: 'maxResponseBytes',
        otherwise: DEFAULT_MAX_RESPONSE_BYTES,
      }),
      maxSeries: readCount(at, {
        key: 'maxSeries',
        otherwise: DEFAULT_MAX_SERIES,
      }),
      maxPoints: readMaxPoints(at),
      capabilitiesTtlMs: readMs(at, {
        key: 'capabilitiesTtl',
        otherwise: { minutes: 10 },
      }),
      breaker: readBreaker(at),
    }),
  });
}

function readMaxPoints(at: ConnectionEntry): number {
  const points = readCount(at, {
    key: 'maxPoints',
    otherwise: DEFAULT_MAX_POINTS,
  });
  if (points < 2 || points > MOST_POINTS) {
    throw new InputError(
      `${at.at}.maxPoints is ${points}. Write a number from 2 to ${MOST_POINTS}: more Prometheus refuses.`,
    );
  }
  return points;
}

function readAuth({ entry, at }: ConnectionEntry): PrometheusAuthConfig {
  const text = entry.getOptionalString('auth.type') ?? 'none';
  const type = AUTH_TYPES.find(one => one === text);
  if (!type) {
    throw new InputError(
      `${at}.auth.type is '${text}'. Use one of ${AUTH_TYPES.join(', ')}.`,
    );
  }
  if (type === 'none') return { type };
  if (type === 'bearer') {
    const token = entry.getOptionalString('auth.token');
    const tokenFile = entry.getOptionalString('auth.tokenFile');
    if (!token === !tokenFile) {
      throw new InputError(
        `${at}.auth of type 'bearer' needs token or tokenFile, one.`,
      );
    }
    return { type, token, tokenFile };
  }
  const user = entry.getString('auth.user');
  if (user.includes(':')) {
    throw new InputError(
      `${at}.auth.user holds a colon, which Basic authentication can't carry.`,
    );
  }
  return { type, user, password: entry.getString('auth.password') };
}

function readTenant({
  entry,
  at,
}: ConnectionEntry): PrometheusConnectionConfig['tenant'] {
  if (!entry.has('tenant')) return undefined;
  const header =
    entry.getOptionalString('tenant.header') ?? DEFAULT_TENANT_HEADER;
  if (!HEADER_NAME.test(header)) {
    throw new InputError(
      `${at}.tenant.header is '${header}', which is no name of an HTTP header.`,
    );
  }
  return {
    header: header.toLowerCase(),
    value: requireHeaderText(
      entry.getString('tenant.value'),
      `${at}.tenant.value`,
    ),
  };
}
