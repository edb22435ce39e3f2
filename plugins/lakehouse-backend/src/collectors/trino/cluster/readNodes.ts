import type {
  ClusterNode,
  ClusterSample,
} from '@lakehouse-ops/plugin-lakehouse-common';
import type { TrinoConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import { z } from 'zod';
import { values } from '../values';

/** The largest known clusters have some thousands. */
const MAX_NODES = 5_000;

const rowSchema = z.object({
  node_id: values.text,
  http_uri: values.text,
  node_version: values.text,
  coordinator: values.boolean,
  state: values.text,
});

/** The cluster's nodes. Columns by name: later versions have more. */
export async function readNodes(options: {
  connection: TrinoConnection;
  signal: AbortSignal;
}): Promise<ClusterNode[]> {
  const { rows } = await options.connection.query(
    'SELECT node_id, http_uri, node_version, coordinator, state FROM system.runtime.nodes',
    { signal: options.signal, maxRows: MAX_NODES },
  );
  return rows.map(row => {
    const node = rowSchema.parse(row);
    return {
      nodeId: node.node_id,
      address: node.http_uri,
      version: node.node_version,
      coordinator: node.coordinator,
      state: node.state.toLowerCase(),
    };
  });
}

/** Nodes by state. A draining or drained node takes no new work: it counts as shutting down. */
export function countNodes(
  nodes: readonly ClusterNode[],
): NonNullable<ClusterSample['nodes']> {
  const active = nodes.filter(node => node.state === 'active').length;
  const inactive = nodes.filter(node => node.state === 'inactive').length;
  return { active, inactive, shuttingDown: nodes.length - active - inactive };
}
