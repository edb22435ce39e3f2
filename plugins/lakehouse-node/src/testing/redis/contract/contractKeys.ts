import type {
  RedisArgument,
  RedisConnection,
  RedisNode,
  RedisReply,
} from '../../../connections/redis';
import { RedisStateError } from '../../../connections/redis';

const PREFIX = 'lakehouse-ops:contract:';

/** A key of the contract. The part in braces chooses its node in a cluster. */
export function contractKey(name: string): string {
  return `${PREFIX}${name}`;
}

/** Runs a command of one key on the node that holds it. */
export async function onOwner(
  connection: RedisConnection,
  name: string,
  args: readonly RedisArgument[],
): Promise<{ node: RedisNode; reply: RedisReply }> {
  const primaries = await connection.primaries();
  for (const node of primaries) {
    try {
      return { node, reply: await connection.command(node, name, args) };
    } catch (error) {
      if (!(error instanceof RedisStateError && error.state === 'MOVED')) {
        throw error;
      }
    }
  }
  throw new Error(`No primary holds ${String(args[0])}.`);
}

/** All keys of the contract under a name, by SCAN over every primary. */
export async function scanContractKeys(
  connection: RedisConnection,
  name: string,
): Promise<string[]> {
  const found: string[] = [];
  for (const node of await connection.primaries()) {
    let cursor = '0';
    do {
      const reply = await connection.command(node, 'scan', [
        cursor,
        'MATCH',
        `${contractKey(name)}*`,
        'COUNT',
        100,
      ]);
      const [next, keys] = Array.isArray(reply) ? reply : [];
      found.push(...(Array.isArray(keys) ? keys.map(String) : []));
      cursor = String(next);
    } while (cursor !== '0');
  }
  return found;
}

export async function removeContractKeys(
  connection: RedisConnection,
  name: string,
) {
  for (const key of await scanContractKeys(connection, name)) {
    await onOwner(connection, 'unlink', [key]);
  }
}
