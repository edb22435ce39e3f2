import type { RedisReply } from '../RedisReply';
import { pairsOf } from './replyFields';

/** Reads settings, of one pattern at a time: before 7.0 CONFIG GET takes no more. */
export async function readConfig(
  ask: (args: readonly string[]) => Promise<RedisReply>,
  patterns: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const replies = await Promise.all(
    patterns.map(pattern => ask(['get', pattern])),
  );
  return new Map(
    replies.flatMap(reply =>
      [...pairsOf(reply)].map(
        ([name, value]) => [name, String(value ?? '')] as const,
      ),
    ),
  );
}
