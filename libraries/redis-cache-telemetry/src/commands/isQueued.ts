const QUEUED = 'QUEUED';
const QUEUED_BYTES = Buffer.from(QUEUED);

/** Whether it is the reply to a command within a transaction, which tells nothing yet. */
export function isQueued(reply: unknown): boolean {
  if (typeof reply === 'string') return reply === QUEUED;
  return Buffer.isBuffer(reply) && reply.equals(QUEUED_BYTES);
}
