import type { SlowCommand } from '@lakehouse-ops/plugin-lakehouse-common';
import type { RedisConnection } from '@lakehouse-ops/plugin-lakehouse-node';
import type { NodeLook } from './readNodes';

const SHOWN_MAX = 50;

/**
 * The newest slow commands of all primaries.
 *
 * @throws what the first primary that refuses tells
 */
export async function readSlowCommands(
  connection: RedisConnection,
  primaries: readonly NodeLook[],
  options: { signal: AbortSignal },
): Promise<SlowCommand[]> {
  const logs = await Promise.all(
    primaries.map(async ({ node, figures }) =>
      (
        await connection.slowlog(node, { ...options, limit: SHOWN_MAX })
      ).map(({ id, ...entry }) => ({
        ...entry,
        node: node.id,
        // Ids begin at 0 with each process.
        id: `${figures?.runId?.slice(0, 8) ?? node.id}-${id}`,
      })),
    ),
  );
  return logs
    .flat()
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, SHOWN_MAX);
}
