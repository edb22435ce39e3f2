import type { ClusterView } from '@lakehouse-ops/plugin-lakehouse-common';

/** Nodes by state, as far as is known. */
export interface NodeCounts {
  readonly active: number;
  readonly inactive: number;
  readonly shuttingDown: number;
}

/** Node counts from the newest sample, or counted from the list of nodes. */
export function nodeCounts(view: ClusterView): NodeCounts | undefined {
  if (view.latest?.nodes) return view.latest.nodes;
  if (!view.nodes) return undefined;
  const count = (...states: string[]) =>
    view.nodes?.filter(node => states.includes(node.state)).length ?? 0;
  return {
    active: count('active'),
    inactive: count('inactive'),
    shuttingDown: count('shutting_down', 'draining', 'drained'),
  };
}
