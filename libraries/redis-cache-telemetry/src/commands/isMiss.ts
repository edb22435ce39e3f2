/** Whether the reply to a read says that nothing was there. */
export function isMiss(reply: unknown): boolean {
  if (typeof reply === 'string') return false;
  if (reply === null || reply === undefined) return true;
  if (typeof reply !== 'object' || Buffer.isBuffer(reply)) return false;
  // HMGET: null for each field that is not there. HGETALL: no fields at all.
  if (Array.isArray(reply)) return reply.every(value => value === null);
  if (reply instanceof Map) return reply.size === 0;
  return Object.keys(reply).length === 0;
}
