import type {
  CacheNode,
  HealthStatus,
} from '@lakehouse-ops/plugin-lakehouse-common';
import {
  formatBytes,
  formatCount,
  NOT_OBSERVED,
  RelativeTime,
} from '../components/format';
import { DataTable } from '../components/layout';
import { StatusMark } from '../components/status';

const STATE_STATUS: Record<string, HealthStatus | undefined> = {
  ok: 'healthy',
  loading: 'at-risk',
  fail: 'breached',
  unreachable: 'breached',
};

/** The status of a node's state. */
export function cacheNodeStatus(node: CacheNode): HealthStatus {
  return STATE_STATUS[node.state] ?? 'unknown';
}

/** Primaries and replicas of a cache. */
export const CacheNodesTable = (props: { nodes: readonly CacheNode[] }) => (
  <DataTable
    label="Nodes"
    rows={props.nodes}
    idOf={node => node.id}
    columns={[
      { id: 'node', title: 'Node', cell: node => node.id },
      { id: 'role', title: 'Role', cell: node => node.role },
      {
        id: 'state',
        title: 'State',
        cell: node => (
          <StatusMark status={cacheNodeStatus(node)} word={node.state} />
        ),
      },
      {
        id: 'memory',
        title: 'Memory',
        numeric: true,
        cell: node =>
          node.maxBytes
            ? `${formatBytes(node.usedBytes)} of ${formatBytes(node.maxBytes)}`
            : formatBytes(node.usedBytes),
      },
      {
        id: 'policy',
        title: 'When full',
        cell: node => node.evictionPolicy ?? NOT_OBSERVED,
      },
      {
        id: 'keys',
        title: 'Keys',
        numeric: true,
        cell: node => formatCount(node.keys),
      },
      {
        id: 'slots',
        title: 'Slots',
        numeric: true,
        cell: node => formatCount(node.slots),
      },
      {
        id: 'started',
        title: 'Started',
        cell: node => <RelativeTime time={node.startedAt} always />,
      },
      {
        id: 'version',
        title: 'Version',
        cell: node => node.version ?? NOT_OBSERVED,
      },
    ]}
  />
);
