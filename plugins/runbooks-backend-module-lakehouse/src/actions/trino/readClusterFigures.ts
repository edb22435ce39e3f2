import {
  describeTrinoError,
  type TrinoConnection,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { readRows } from './readRows';

/** OpenMetrics names of Trino's beans, as GET /metrics of 470 and 476 has them. */
const POOL = 'trino_memory_type_ClusterMemoryPool_name_general';
const QUERY_MANAGER = 'trino_execution_name_QueryManager';
const METRICS = {
  totalBytes: `${POOL}_TotalDistributedBytes`,
  freeBytes: `${POOL}_FreeDistributedBytes`,
  blockedNodes: `${POOL}_BlockedNodes`,
  running: `${QUERY_MANAGER}_RunningQueries`,
  queued: `${QUERY_MANAGER}_QueuedQueries`,
} as const;

const MAX_NODES = 5000;
const ASK_TIMEOUT_MS = 20_000;

/** What a cluster tells of itself. What it does not tell is absent. */
export interface ClusterFigures {
  readonly workers?: number;
  readonly nodes?: number;
  readonly running?: number;
  readonly queued?: number;
  readonly memoryTotalBytes?: number;
  readonly memoryFreePercent?: number;
  readonly memoryBlockedNodes?: number;
  /** Why something is absent. */
  readonly gaps: readonly string[];
}

const nodeRow = z.object({ coordinator: z.boolean(), state: z.string() });

/** Asks a coordinator for its nodes, queries and memory; one that fails does not hide the others. */
export async function readClusterFigures(
  connection: TrinoConnection,
  signal: AbortSignal,
): Promise<ClusterFigures> {
  const gaps: string[] = [];
  const tried = async <T>(what: string, read: Promise<T>) => {
    try {
      return await read;
    } catch (error) {
      signal.throwIfAborted();
      gaps.push(`${what}: ${describeTrinoError(error).reason}`);
      return undefined;
    }
  };
  const [nodes, metrics] = await Promise.all([
    tried(
      'nodes',
      readRows(connection, {
        sql: 'SELECT coordinator, state FROM system.runtime.nodes',
        row: nodeRow,
        signal,
        options: { maxRows: MAX_NODES, timeoutMs: ASK_TIMEOUT_MS },
      }),
    ),
    tried('metrics', connection.metrics(Object.values(METRICS), { signal })),
  ]);
  const active = nodes?.filter(({ state }) => state.toLowerCase() === 'active');
  const of = (name: keyof typeof METRICS) => metrics?.get(METRICS[name]);
  const totalBytes = of('totalBytes');
  const freeBytes = of('freeBytes');
  return {
    // A cluster of one node does its work on the coordinator.
    workers:
      active &&
      (active.length === 1
        ? 1
        : active.filter(({ coordinator }) => !coordinator).length),
    nodes: active?.length,
    running: of('running'),
    queued: of('queued'),
    memoryTotalBytes: totalBytes,
    memoryFreePercent:
      totalBytes && freeBytes !== undefined
        ? Math.round((1000 * freeBytes) / totalBytes) / 10
        : undefined,
    memoryBlockedNodes: of('blockedNodes'),
    gaps,
  };
}
