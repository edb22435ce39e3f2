import { createHash } from 'node:crypto';
import type { RedisNode } from '../RedisTopology';

/** The same as long as the same primaries hold the same slots. */
export function fingerprintOf(nodes: readonly RedisNode[]): string {
  const primaries = nodes
    .filter(({ role }) => role === 'primary')
    .map(({ id, nodeId, slots = [] }) =>
      [id, nodeId, ...slots.map(range => range.join('-')).sort()].join(' '),
    )
    .sort();
  return createHash('sha256').update(primaries.join('\n')).digest('hex');
}
