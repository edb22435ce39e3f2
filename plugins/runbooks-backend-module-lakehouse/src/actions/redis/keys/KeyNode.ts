import type {
  RedisArgument,
  RedisBinaryReply,
  RedisCommand,
  RedisOutcome,
} from '@lakehouse-ops/plugin-lakehouse-node';

/** A key as the server holds it: bytes, not text. */
export type RedisKey = Buffer;

/** A primary, as work over its keys needs it. */
export interface KeyNode {
  /** host:port */
  readonly id: string;
  binaryCommand(
    name: string,
    args: readonly RedisArgument[],
  ): Promise<RedisBinaryReply>;
  pipeline(commands: readonly RedisCommand[]): Promise<readonly RedisOutcome[]>;
}

/** What a scan found in one step. */
export interface ScanStep {
  /** Where to go on; `0` at the end. */
  readonly cursor: string;
  readonly keys: readonly RedisKey[];
}

/**
 * One step of SCAN.
 *
 * @throws Error when the answer is none of SCAN
 */
export async function scanStep(
  node: KeyNode,
  cursor: string,
  options: { match: string; count: number },
): Promise<ScanStep> {
  const reply = await node.binaryCommand('SCAN', [
    cursor,
    'MATCH',
    options.match,
    'COUNT',
    options.count,
  ]);
  const [next, keys] = Array.isArray(reply) ? reply : [];
  if (!Buffer.isBuffer(next) || !Array.isArray(keys)) {
    throw new Error(
      `${node.id} answered SCAN with something else than a cursor and keys. See whether it is a Redis, and of which version.`,
    );
  }
  return {
    cursor: next.toString('latin1'),
    keys: keys.filter(key => Buffer.isBuffer(key)),
  };
}
