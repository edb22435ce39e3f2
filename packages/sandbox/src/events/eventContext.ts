import { type Query } from '../cluster/Query';
import { type ExactJson } from '../protocol/exactJson';
import { type SandboxWorld } from '../world/SandboxWorld';

/** `context` of both events. */
export function eventContext(query: Query, world: SandboxWorld): ExactJson {
  const { session } = query;
  return {
    user: session.user,
    originalUser: session.user,
    originalRoles: [],
    principal: session.user,
    enabledRoles: [],
    groups: [],
    traceToken: session.traceToken,
    remoteClientAddress: session.remoteAddress,
    userAgent: session.userAgent,
    clientInfo: session.clientInfo,
    clientTags: session.clientTags,
    clientCapabilities: session.capabilities,
    source: session.source,
    catalog: session.catalog,
    schema: session.schema,
    timezone: 'UTC',
    resourceGroupId: query.resourceGroup,
    sessionProperties: Object.fromEntries(session.properties),
    resourceEstimates: {},
    serverAddress: '127.0.0.1',
    serverVersion: world.version,
    environment: 'sandbox',
    queryType: query.work?.queryType,
    retryPolicy: 'NONE',
  };
}

export function queryUri(query: Query, world: SandboxWorld): string {
  return `${world.baseUrl}/v1/query/${query.id}`;
}
