import type { GatewayBackend } from '@lakehouse-ops/plugin-lakehouse-common';
import type {
  GatewayConnectionConfig,
  GatewayMonitor,
} from './GatewayConnectionConfig';
import { urlKey } from './urlKey';

/** What the gateway's monitor saw last. */
export interface BackendState {
  readonly status?: string | null;
  readonly running?: number | null;
  readonly queued?: number | null;
}

/** These ask how many queries there are; the others leave the counts at 0. */
const COUNTING: ReadonlySet<GatewayMonitor> = new Set([
  'UI_API',
  'JDBC',
  'JMX',
  'METRICS',
]);

const HEALTH: Readonly<Record<string, GatewayBackend['health']>> = {
  HEALTHY: 'healthy',
  UNHEALTHY: 'unhealthy',
  PENDING: 'pending',
};

/**
 * A backend in our words. What the monitor did not look at is unknown: NOOP calls
 * all backends healthy, INFO_API counts nothing, and who does not answer has the
 * counts 0.
 */
export function toBackend(
  config: GatewayConnectionConfig,
  row: {
    name: string;
    routingGroup?: string | null;
    proxyTo: string;
    externalUrl?: string | null;
    active: boolean;
  },
  state: BackendState,
): GatewayBackend {
  const health =
    config.monitor === 'NOOP'
      ? 'unknown'
      : HEALTH[state.status ?? ''] ?? 'unknown';
  const counted = health === 'healthy' && COUNTING.has(config.monitor);
  return {
    name: row.name,
    routingGroup: row.routingGroup ?? config.defaultRoutingGroup,
    proxyTo: row.proxyTo,
    externalUrl: row.externalUrl ?? undefined,
    active: row.active,
    health,
    running: counted ? state.running ?? undefined : undefined,
    queued: counted ? state.queued ?? undefined : undefined,
    trino: trinoOf(config, row),
  };
}

function trinoOf(
  config: GatewayConnectionConfig,
  row: { name: string; proxyTo: string; externalUrl?: string | null },
): string | undefined {
  if (Object.hasOwn(config.trinoByBackend, row.name)) {
    return config.trinoByBackend[row.name];
  }
  const urls = [row.proxyTo, row.externalUrl ?? row.proxyTo].map(urlKey);
  const known = urls.find(url => Object.hasOwn(config.trinoByUrl, url));
  return known && config.trinoByUrl[known];
}
