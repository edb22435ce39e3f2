import type { Readable } from 'node:stream';

/** A body went over its bound. */
export class BodyTooLargeError extends Error {}

/**
 * Reads a body as UTF-8, never keeping more than `maxBytes` of it.
 *
 * @throws BodyTooLargeError
 */
export async function readBody(
  body: Readable,
  maxBytes: number,
): Promise<{ text: string; bytes: number }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    const buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk);
    bytes += buffer.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (bytes > maxBytes) throw new BodyTooLargeError();
    chunks.push(buffer);
  }
  return { text: Buffer.concat(chunks).toString('utf8'), bytes };
}
