import type { RedisReply } from '../RedisReply';

/** The items of an answer; none when it is no list. */
export function itemsOf(reply: RedisReply): readonly RedisReply[] {
  return isList(reply) ? reply : [];
}

export function textOf(reply: RedisReply): string | undefined {
  return typeof reply === 'string' ? reply : undefined;
}

/** A whole number that came as one or as digits. */
export function countOf(reply: RedisReply): number | undefined {
  if (typeof reply === 'number') return reply;
  return typeof reply === 'string' && /^-?\d{1,15}$/.test(reply)
    ? Number(reply)
    : undefined;
}

/** `[name, value, name, value]` by name. */
export function pairsOf(reply: RedisReply): ReadonlyMap<string, RedisReply> {
  const items = itemsOf(reply);
  const pairs = new Map<string, RedisReply>();
  for (let index = 0; index + 1 < items.length; index += 2) {
    const name = textOf(items[index]);
    if (name !== undefined) pairs.set(name, items[index + 1]);
  }
  return pairs;
}

function isList(reply: RedisReply): reply is readonly RedisReply[] {
  return Array.isArray(reply);
}
