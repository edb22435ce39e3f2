import {
  isFinalQueryState,
  QUERY_STATES,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  describeTrinoError,
  type GatewayConnection,
  type TrinoConnections,
} from '@lakehouse-ops/plugin-lakehouse-node';

const LIVE_STATES = QUERY_STATES.filter(state => !isFinalQueryState(state));
const QUEUED = ['QUEUED', 'WAITING_FOR_RESOURCES'];

/** What is alive on a backend, and who told it. */
export type QueriesLook =
  | {
      readonly by: 'trino';
      readonly ids: readonly string[];
      readonly running: number;
      readonly queued: number;
    }
  | {
      readonly by: 'gateway';
      readonly running: number;
      readonly queued: number;
    }
  | { readonly by: 'nobody'; readonly reason: string };

/**
 * Looks what is alive on a backend: at the Trino itself when it is one of ours, else at
 * what the gateway's monitor counted last. Our own statements do not count.
 */
export async function lookAtQueries(options: {
  gateway: GatewayConnection;
  trino: TrinoConnections;
  backend: string;
  signal: AbortSignal;
}): Promise<QueriesLook> {
  const { gateway, trino, signal } = options;
  try {
    const backends = await gateway.backends({ signal });
    const backend = backends.find(({ name }) => name === options.backend);
    if (!backend) {
      return { by: 'nobody', reason: 'the gateway does not know it any more' };
    }
    if (backend.trino !== undefined) {
      const connection = trino.get(backend.trino);
      const alive = await connection.listQueries({
        states: LIVE_STATES,
        signal,
      });
      const theirs = alive.filter(({ source }) => source !== connection.source);
      const queued = theirs.filter(({ state }) => QUEUED.includes(state));
      return {
        by: 'trino',
        ids: theirs.map(({ queryId }) => queryId),
        running: theirs.length - queued.length,
        queued: queued.length,
      };
    }
    const { health, running, queued } = backend;
    if (running === undefined || queued === undefined) {
      return {
        by: 'nobody',
        reason:
          health === 'healthy'
            ? `the monitor ${gateway.monitor} of the gateway does not count queries, and the backend is no Trino connection of Lakehouse Ops`
            : `the gateway says that it is ${health}`,
      };
    }
    return { by: 'gateway', running, queued };
  } catch (error) {
    if (signal.aborted) throw error;
    return { by: 'nobody', reason: describeTrinoError(error).reason };
  }
}
