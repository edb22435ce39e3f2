import type { ClusterSample } from '@lakehouse-ops/plugin-lakehouse-common';

/**
 * OpenMetrics names of Trino's beans (`GET /metrics`, measured on 470 and 476): the
 * object name with every sign but letters and digits as `_`, then the attribute.
 */
const POOL = 'trino_memory_type_ClusterMemoryPool_name_general';
const MEMORY_MANAGER = 'trino_memory_name_ClusterMemoryManager';
const QUERY_MANAGER = 'trino_execution_name_QueryManager';

/** Trino 477 renamed the bean; one of them answers. */
const NODE_MANAGERS = [
  'trino_metadata_name_DiscoveryNodeManager',
  'trino_metadata_name_CoordinatorNodeManager',
  'trino_node_name_CoordinatorNodeManager',
];

const MEMORY_NAMES = {
  totalBytes: `${POOL}_TotalDistributedBytes`,
  reservedBytes: `${POOL}_ReservedDistributedBytes`,
  revocableBytes: `${POOL}_ReservedRevocableDistributedBytes`,
  freeBytes: `${POOL}_FreeDistributedBytes`,
  blockedNodes: `${POOL}_BlockedNodes`,
  oomKills: `${MEMORY_MANAGER}_QueriesKilledDueToOutOfMemory`,
} as const;

const QUERY_NAMES = {
  running: `${QUERY_MANAGER}_RunningQueries`,
  queued: `${QUERY_MANAGER}_QueuedQueries`,
  blocked: `${QUERY_MANAGER}_FullyBlockedQueries`,
  completed: `${QUERY_MANAGER}_CompletedQueries`,
  failed: `${QUERY_MANAGER}_FailedQueries`,
  userErrors: `${QUERY_MANAGER}_UserErrorFailures`,
  internalFailures: `${QUERY_MANAGER}_InternalFailures`,
  externalFailures: `${QUERY_MANAGER}_ExternalFailures`,
  insufficientResourcesFailures: `${QUERY_MANAGER}_InsufficientResourcesFailures`,
} as const;

const nodeNames = (manager: string) => ({
  active: `${manager}_ActiveNodeCount`,
  inactive: `${manager}_InactiveNodeCount`,
  shuttingDown: `${manager}_ShuttingDownNodeCount`,
});

/** All names that a sample is made from. The whole page is over 1 MB; these are asked for by name. */
export const CLUSTER_METRIC_NAMES: readonly string[] = [
  ...Object.values(MEMORY_NAMES),
  ...Object.values(QUERY_NAMES),
  ...NODE_MANAGERS.flatMap(manager => Object.values(nodeNames(manager))),
];

type Metrics = ReadonlyMap<string, number>;

/** Memory of the general pool; undefined unless all that a share needs is there. */
export function memoryOf(metrics: Metrics): ClusterSample['memory'] {
  const totalBytes = metrics.get(MEMORY_NAMES.totalBytes);
  const reservedBytes = metrics.get(MEMORY_NAMES.reservedBytes);
  const revocableBytes = metrics.get(MEMORY_NAMES.revocableBytes);
  const freeBytes = metrics.get(MEMORY_NAMES.freeBytes);
  const blockedNodes = metrics.get(MEMORY_NAMES.blockedNodes);
  if (
    totalBytes === undefined ||
    reservedBytes === undefined ||
    revocableBytes === undefined ||
    freeBytes === undefined ||
    blockedNodes === undefined
  ) {
    return undefined;
  }
  return {
    totalBytes,
    reservedBytes,
    revocableBytes,
    freeBytes,
    blockedNodes,
    oomKills: metrics.get(MEMORY_NAMES.oomKills),
  };
}

export function queriesOf(metrics: Metrics): ClusterSample['queries'] {
  const running = metrics.get(QUERY_NAMES.running);
  const queued = metrics.get(QUERY_NAMES.queued);
  if (running === undefined || queued === undefined) return undefined;
  return {
    running,
    queued,
    blocked: metrics.get(QUERY_NAMES.blocked),
    completed: metrics.get(QUERY_NAMES.completed),
    failed: metrics.get(QUERY_NAMES.failed),
    userErrors: metrics.get(QUERY_NAMES.userErrors),
    internalFailures: metrics.get(QUERY_NAMES.internalFailures),
    externalFailures: metrics.get(QUERY_NAMES.externalFailures),
    insufficientResourcesFailures: metrics.get(
      QUERY_NAMES.insufficientResourcesFailures,
    ),
  };
}

export function nodeCountsOf(metrics: Metrics): ClusterSample['nodes'] {
  for (const manager of NODE_MANAGERS) {
    const names = nodeNames(manager);
    const active = metrics.get(names.active);
    const inactive = metrics.get(names.inactive);
    const shuttingDown = metrics.get(names.shuttingDown);
    if (
      active !== undefined &&
      inactive !== undefined &&
      shuttingDown !== undefined
    ) {
      return { active, inactive, shuttingDown };
    }
  }
  return undefined;
}
