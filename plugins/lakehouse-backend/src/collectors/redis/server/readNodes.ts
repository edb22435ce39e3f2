import type {
  RedisConnection,
  RedisInfo,
  RedisNode,
} from '@lakehouse-ops/plugin-lakehouse-node';
import { type NodeFigures, readNodeFigures } from './NodeFigures';

const SECTIONS = [
  'server',
  'clients',
  'memory',
  'persistence',
  'stats',
  'replication',
  'keyspace',
];
/** Replicas that are looked at; of larger clusters the rest is left out. */
const REPLICAS_MAX = 64;

/** A node and what it tells, or why not. */
export interface NodeLook {
  readonly node: RedisNode;
  readonly figures?: NodeFigures;
  readonly info?: RedisInfo;
  readonly error?: unknown;
}

/** Asks every primary, and replicas. */
export async function readNodes(
  connection: RedisConnection,
  nodes: readonly RedisNode[],
  options: { signal: AbortSignal },
): Promise<NodeLook[]> {
  const replicas = nodes.filter(({ role }) => role === 'replica');
  const asked = [
    ...nodes.filter(({ role }) => role === 'primary'),
    ...replicas.slice(0, REPLICAS_MAX),
  ];
  return Promise.all(
    asked.map(async node => {
      try {
        const info = await connection.info(node, SECTIONS, options);
        const figures = readNodeFigures(info, connection.database);
        return { node, info, figures };
      } catch (error) {
        return { node, error };
      }
    }),
  );
}
