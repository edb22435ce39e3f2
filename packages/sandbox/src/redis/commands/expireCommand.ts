import { RedisError } from '../protocol/RespReply';
import { readInteger } from './readInteger';
import type { RedisCommandDefinition } from './RedisCommandDefinition';

const FLAGS = ['nx', 'xx', 'gt', 'lt'];

/** EXPIRE, PEXPIRE, EXPIREAT, PEXPIREAT with the conditions of Redis 7. */
export function expireCommand(
  name: string,
  options: { unitMs: number; absolute: boolean },
): RedisCommandDefinition {
  return {
    name,
    arity: -3,
    categories: ['keyspace', 'write', 'fast'],
    keys: 'first',
    run({ keyspace, nowMs }, [key, amount, ...words]) {
      const flags = readFlags(words);
      const expiresAtMs =
        readInteger(amount) * options.unitMs + (options.absolute ? 0 : nowMs);
      const stored = keyspace.get(key, nowMs);
      if (!stored) return 0;
      // No time to live counts as an endless one.
      const current = stored.expiresAtMs ?? Infinity;
      if (
        (flags.has('nx') && current !== Infinity) ||
        (flags.has('xx') && current === Infinity) ||
        (flags.has('gt') && expiresAtMs <= current) ||
        (flags.has('lt') && expiresAtMs >= current)
      ) {
        return 0;
      }
      if (expiresAtMs <= nowMs) keyspace.delete(key);
      else keyspace.set(key, { value: stored.value, expiresAtMs });
      return 1;
    },
  };
}

function readFlags(words: readonly string[]): ReadonlySet<string> {
  const flags = new Set<string>();
  for (const word of words) {
    if (!FLAGS.includes(word.toLowerCase())) {
      throw new RedisError(`ERR Unsupported option ${word}`);
    }
    flags.add(word.toLowerCase());
  }
  if (flags.has('nx') && flags.size > 1) {
    throw new RedisError(
      'ERR NX and XX, GT or LT options at the same time are not compatible',
    );
  }
  if (flags.has('gt') && flags.has('lt')) {
    throw new RedisError(
      'ERR GT and LT options at the same time are not compatible',
    );
  }
  return flags;
}
