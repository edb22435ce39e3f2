import { createHmac } from 'node:crypto';

/**
 * Signature of a webhook's message: HMAC-SHA-256 over the timestamp, a dot and
 * the body's bytes, so that neither can be changed and an old message can be
 * told from a new one.
 *
 * @param options - `timestamp`: seconds since 1970, as sent
 */
export function signWebhook(options: {
  secret: string;
  timestamp: string;
  body: string;
}): string {
  const { secret, timestamp, body } = options;
  return `sha256=${createHmac('sha256', secret)
    .update(`${timestamp}.${body}`)
    .digest('hex')}`;
}
