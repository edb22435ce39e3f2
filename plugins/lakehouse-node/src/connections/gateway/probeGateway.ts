import type { Capability } from '@lakehouse-ops/plugin-lakehouse-common';
import { z } from 'zod';
import { describeConnectionError } from '../shared/describeConnectionError';
import type { SystemCapabilities } from '../shared/SystemConnection';
import type { GatewayHttp } from './GatewayHttp';
import type { OwnQueriesOnly } from './OwnQueriesOnly';
import { readBackends } from './rest/readBackends';
import { readResult } from './rest/readResult';
import { readRoutes } from './rest/readRoutes';
import { setBackendActive } from './rest/setBackendActive';

const MAX_ANSWER_BYTES = 64 * 1024;
/** A name that nobody gives a backend. */
const IMPOSSIBLE_BACKEND = 'lakehouse-ops-probe-of-rights';

type Options = {
  http: GatewayHttp;
  ownQueriesOnly: OwnQueriesOnly;
  signal: AbortSignal;
};

/**
 * Finds out what the account may do and what the gateway tells, without changing
 * anything.
 *
 * @throws the connection's error when not even its login answers
 */
export async function probeGateway(
  options: Options,
): Promise<SystemCapabilities> {
  const loginType = await readLoginType(options);
  const capabilities = await Promise.all([
    toCapability('backends.read', () => readBackends(options)),
    probeRoutes(options),
    toCapability('backends.change', () =>
      setBackendActive({
        ...options,
        backend: IMPOSSIBLE_BACKEND,
        active: false,
      }),
    ),
  ]);
  return {
    probedAt: new Date().toISOString(),
    capabilities: [
      ...capabilities,
      ...monitorCapabilities(options.http),
      protectedCapability(loginType),
    ],
  };
}

/** How people log in: `none`, `form` or `oauth`. Open to everyone. */
function readLoginType({ http, signal }: Options): Promise<string> {
  return http.send({
    what: 'The kind of login',
    method: 'POST',
    path: '/loginType',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    signal,
    retry: true,
    maxBytes: MAX_ANSWER_BYTES,
    read: ({ text }) =>
      readResult({
        config: http.config,
        what: 'The kind of login',
        text,
        data: z.string(),
      }),
  });
}

async function probeRoutes(options: Options): Promise<Capability> {
  const id = 'routes.read';
  let partial: string | undefined;
  const asked = await toCapability(id, async () => {
    await readRoutes({ ...options, backends: [], limit: 1 });
    partial = await options.ownQueriesOnly.reason(options.signal);
  });
  if (!asked.available || partial === undefined) return asked;
  return {
    id,
    available: false,
    reason: partial,
    remedy:
      'give the account the role ADMIN in the gateway, if the ways of all queries are to be seen',
  };
}

function monitorCapabilities({ config }: GatewayHttp): Capability[] {
  const remedy = `set clusterStatsConfiguration.monitorType of the gateway to METRICS, and monitorType of connection ${config.id} likewise`;
  const health: Capability =
    config.monitor === 'NOOP'
      ? {
          id: 'backends.health',
          available: false,
          reason:
            "the gateway's monitor NOOP looks at no backend and calls all of them healthy",
          remedy,
        }
      : { id: 'backends.health', available: true };
  const counts: Capability =
    config.monitor === 'NOOP' || config.monitor === 'INFO_API'
      ? {
          id: 'backends.counts',
          available: false,
          reason: `the gateway's monitor ${config.monitor} does not count queries`,
          remedy,
        }
      : { id: 'backends.counts', available: true };
  return [health, counts];
}

/** Not a right of ours but a warning: who else can do what we can. */
function protectedCapability(loginType: string): Capability {
  const id = 'access.protected';
  if (loginType === 'none') {
    return {
      id,
      available: false,
      reason:
        'the gateway has no authentication: whoever reaches it may see all queries and change where they go',
      remedy:
        'set authentication in the config of the gateway, or let only Backstage reach its web and backend API',
    };
  }
  return { id, available: true };
}

async function toCapability(
  id: string,
  attempt: () => Promise<unknown>,
): Promise<Capability> {
  try {
    await attempt();
    return { id, available: true };
  } catch (error) {
    const { reason, remedy } = describeConnectionError(error);
    return { id, available: false, reason, remedy };
  }
}
