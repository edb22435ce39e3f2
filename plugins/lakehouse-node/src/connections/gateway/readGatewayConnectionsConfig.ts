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
} from '../shared/connectionFields';
import { readTrinoConnectionsConfig } from '../trino/config';
import {
  GATEWAY_MONITORS,
  type GatewayAuthConfig,
  type GatewayConnectionConfig,
  type GatewayMonitor,
} from './GatewayConnectionConfig';
import { urlKey } from './urlKey';

const AUTH_TYPES = ['none', 'basic', 'form'] as const;
/** Gateway's own, when its config names none. */
const DEFAULT_ROUTING_GROUP = 'adhoc';
/** Gateway's own, when its config names none. */
const DEFAULT_MONITOR: GatewayMonitor = 'INFO_API';
const DEFAULT_MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

/**
 * Reads `lakehouse.trinoGateway.connections`.
 *
 * @throws InputError that names the field when one is missing or can't be used
 * @public
 */
export function readGatewayConnectionsConfig(
  config: Config,
): GatewayConnectionConfig[] {
  const trinos = readTrinoConnectionsConfig(config);
  const trinoByUrl = Object.fromEntries(
    trinos.map(({ id, url }) => [urlKey(url), id]),
  );
  return readConnections(config, {
    key: 'lakehouse.trinoGateway.connections',
    read: at => ({
      id: at.id,
      title: at.title,
      url: baseOf(readUrl(at, { key: 'url', plain: true })),
      uiUrl: readUiUrl(at),
      auth: readAuth(at),
      tls: readTls(at),
      defaultRoutingGroup:
        at.entry.getOptionalString('defaultRoutingGroup') ??
        DEFAULT_ROUTING_GROUP,
      monitor: readMonitor(at),
      trinoByBackend: readBackends(
        at,
        trinos.map(({ id }) => id),
      ),
      trinoByUrl,
      requestTimeoutMs: readMs(at, {
        key: 'requestTimeout',
        otherwise: { seconds: 15 },
      }),
      maxResponseBytes: readCount(at, {
        key: 'maxResponseBytes',
        otherwise: DEFAULT_MAX_RESPONSE_BYTES,
      }),
      capabilitiesTtlMs: readMs(at, {
        key: 'capabilitiesTtl',
        otherwise: { minutes: 10 },
      }),
      breaker: readBreaker(at),
    }),
  });
}

function readAuth({ entry, at }: ConnectionEntry): GatewayAuthConfig {
  const text = entry.getOptionalString('auth.type') ?? 'none';
  const type = AUTH_TYPES.find(one => one === text);
  if (!type) {
    throw new InputError(
      `${at}.auth.type is '${text}'. Use one of ${AUTH_TYPES.join(', ')}.`,
    );
  }
  if (type === 'none') return { type };
  const user = entry.getString('auth.user');
  if (type === 'basic' && user.includes(':')) {
    throw new InputError(
      `${at}.auth.user holds a colon, which Basic authentication can't carry.`,
    );
  }
  return { type, user, password: entry.getString('auth.password') };
}

function readMonitor({ entry, at }: ConnectionEntry): GatewayMonitor {
  const text = entry.getOptionalString('monitorType') ?? DEFAULT_MONITOR;
  const monitor = GATEWAY_MONITORS.find(one => one === text);
  if (!monitor) {
    throw new InputError(
      `${at}.monitorType is '${text}'. Write what stands under clusterStatsConfiguration.monitorType of the gateway: ${GATEWAY_MONITORS.join(
        ', ',
      )}.`,
    );
  }
  return monitor;
}

/** Which Trino connection each backend is, where it can't be told by url. */
function readBackends(
  { entry, at }: ConnectionEntry,
  trinos: readonly string[],
): Record<string, string> {
  return Object.fromEntries(
    (entry.getOptionalConfigArray('backends') ?? []).map((backend, index) => {
      const name = backend.getString('name');
      const trino = backend.getString('trino');
      if (!trinos.includes(trino)) {
        throw new InputError(
          `${at}.backends[${index}].trino is '${trino}', which is no Trino connection. Known are: ${
            trinos.join(', ') || 'none'
          }.`,
        );
      }
      return [name, trino];
    }),
  );
}
