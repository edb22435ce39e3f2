import type { SystemCapabilities } from '../../shared/SystemConnection';
import { ConnectionDeniedError } from '../../shared/errors';
import { describeRedisError } from '../describeRedisError';
import { RedisReplyError, RedisStateError } from '../errors';
import type { RedisConnection } from '../RedisConnection';
import type { RedisArgument } from '../RedisReply';
import { PROBED_COMMANDS, type ProbedCommand } from './probedCommands';
import type { RedisNode } from '../RedisTopology';

/** Finds out what the user may do and what the server offers, by questions that change nothing. */
export async function probeRedis(
  connection: RedisConnection,
): Promise<SystemCapabilities> {
  const [node] = await connection.primaries();
  await connection.command(node, 'ping').catch(error => {
    // PING may be forbidden by itself: what counts is that something answers.
    if (describeRedisError(error).code !== 'forbidden') throw error;
  });
  const capabilities = [];
  for (const probed of PROBED_COMMANDS) {
    if (probed.clusterOnly && connection.mode !== 'cluster') continue;
    capabilities.push(await probeOne(connection, node, probed));
  }
  const info = await connection
    .info(node, ['server'])
    // Told by the capability info.read.
    .catch(() => new Map<string, string>());
  return {
    probedAt: new Date().toISOString(),
    version: info.get('redis_version'),
    capabilities,
  };
}

async function probeOne(
  connection: RedisConnection,
  node: RedisNode,
  probed: ProbedCommand,
) {
  const [name, ...args]: readonly RedisArgument[] = probed.question;
  try {
    await connection.command(node, String(name), args);
    return { id: probed.id, available: true };
  } catch (error) {
    if (showsRight(error)) return { id: probed.id, available: true };
    const { code, reason, remedy } = describeRedisError(error);
    if (code === 'forbidden' || code === 'not-found') {
      return { id: probed.id, available: false, reason, remedy };
    }
    throw error;
  }
}

/**
 * Rights to a command are checked before its keys, before whose slot they are in and
 * before whether a write can be taken now.
 */
function showsRight(error: unknown): boolean {
  return (
    (error instanceof RedisStateError && error.state !== 'LOADING') ||
    (error instanceof ConnectionDeniedError &&
      error.right?.startsWith('~') === true) ||
    error instanceof RedisReplyError
  );
}
