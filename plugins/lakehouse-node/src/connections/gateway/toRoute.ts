import type {
  GatewayBackend,
  GatewayRoute,
} from '@lakehouse-ops/plugin-lakehouse-common';
import { urlKey } from './urlKey';

/** A row of the gateway's query history. */
export interface HistoryRow {
  readonly queryId: string;
  readonly user?: string | null;
  readonly source?: string | null;
  readonly backendUrl: string;
  /** Milliseconds since 1970. */
  readonly captureTime: number;
  readonly routingGroup?: string | null;
}

/**
 * The way a query took. The group in the history is the one that was asked for, also
 * when there is none of that name: where it ran tells only backendUrl.
 */
export function toRoute(
  row: HistoryRow,
  backends: readonly GatewayBackend[],
): GatewayRoute {
  const key = urlKey(row.backendUrl);
  const backend = backends.find(({ proxyTo }) => urlKey(proxyTo) === key);
  const requestedGroup = row.routingGroup || undefined;
  const usedGroup = backend?.routingGroup;
  return {
    queryId: row.queryId,
    capturedAt: new Date(row.captureTime).toISOString(),
    user: row.user || undefined,
    source: row.source || undefined,
    requestedGroup,
    backendUrl: row.backendUrl,
    backend: backend?.name,
    usedGroup,
    trino: backend?.trino,
    diverted:
      requestedGroup !== undefined &&
      usedGroup !== undefined &&
      requestedGroup !== usedGroup,
  };
}
