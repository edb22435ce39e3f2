import type { RedisBinaryReply, RedisReply } from '../RedisReply';

/** An answer as the client gives it, with nothing as `undefined`. */
export function toReply(reply: unknown): RedisReply {
  if (Array.isArray(reply)) return reply.map(toReply);
  if (Buffer.isBuffer(reply)) return reply.toString('utf8');
  if (typeof reply === 'string' || typeof reply === 'number') return reply;
  return reply === null || reply === undefined ? undefined : String(reply);
}

/** As {@link toReply}, with texts as bytes. */
export function toBinaryReply(reply: unknown): RedisBinaryReply {
  if (Array.isArray(reply)) return reply.map(toBinaryReply);
  if (Buffer.isBuffer(reply) || typeof reply === 'number') return reply;
  return reply === null || reply === undefined
    ? undefined
    : Buffer.from(String(reply));
}
