import type { CacheNode } from '@lakehouse-ops/plugin-lakehouse-common';
import type { NodeLook } from './readNodes';

/** A row of the table of nodes. */
export function toCacheNode(look: NodeLook, atMs: number): CacheNode {
  const { node, figures } = look;
  return {
    id: node.id,
    // A server that was named by itself may be a replica: it says so.
    role: figures?.role ?? node.role,
    state: figures?.state ?? 'unreachable',
    version: figures?.version,
    usedBytes: figures?.usedBytes,
    maxBytes: figures?.maxBytes || undefined,
    evictionPolicy: figures?.evictionPolicy,
    keys: figures?.keys,
    slots: node.slots?.reduce(
      (sum, [first, last]) => sum + last - first + 1,
      0,
    ),
    startedAt:
      figures?.uptimeSeconds === undefined
        ? undefined
        : new Date(atMs - figures.uptimeSeconds * 1000).toISOString(),
  };
}
