import type { GatewayRoute } from '@lakehouse-ops/plugin-lakehouse-common';
import {
  describeConnectionError,
  type GatewayConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';

const HOUR_MS = 3_600_000;
const MAX_ROUTES = 5000;

/** Who used a group in the last hour. */
export interface GroupUse {
  /** Most queries first. */
  readonly clients: ReadonlyArray<{
    readonly user: string;
    readonly source: string;
    readonly queries: number;
    /** Of them those that ran on another group. */
    readonly diverted: number;
  }>;
  readonly users: number;
  readonly queries: number;
  readonly diverted: number;
  /** There were more queries than were looked at. */
  readonly truncated: boolean;
}

/** Who sent queries to a group in the last hour, or why that can't be told. */
export async function readGroupUse(options: {
  gateway: GatewayConnection;
  group: string;
  nowMs: number;
  signal: AbortSignal;
}): Promise<GroupUse | { unknown: string }> {
  const { gateway, group, nowMs, signal } = options;
  try {
    const { routes, truncated, partial } = await gateway.routes({
      since: new Date(nowMs - HOUR_MS).toISOString(),
      limit: MAX_ROUTES,
      signal,
    });
    if (partial !== undefined) return { unknown: partial };
    const own = routes.filter(
      ({ requestedGroup, usedGroup }) =>
        requestedGroup === group || usedGroup === group,
    );
    return { ...summarise(own), truncated };
  } catch (error) {
    if (signal.aborted) throw error;
    return { unknown: describeConnectionError(error).reason };
  }
}

function summarise(
  routes: readonly GatewayRoute[],
): Omit<GroupUse, 'truncated'> {
  const clients = new Map<
    string,
    { user: string; source: string; queries: number; diverted: number }
  >();
  for (const route of routes) {
    const user = route.user ?? '(unknown)';
    const source = route.source ?? '–';
    const key = JSON.stringify([user, source]);
    const client = clients.get(key) ?? {
      user,
      source,
      queries: 0,
      diverted: 0,
    };
    client.queries += 1;
    client.diverted += route.diverted ? 1 : 0;
    clients.set(key, client);
  }
  const all = [...clients.values()].sort(
    (one, other) => other.queries - one.queries,
  );
  return {
    clients: all,
    users: new Set(all.map(({ user }) => user)).size,
    queries: routes.length,
    diverted: routes.filter(({ diverted }) => diverted).length,
  };
}
