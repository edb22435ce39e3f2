import { createHash } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import canonicalize from 'canonicalize';

/**
 * SHA-256, in hexadecimal, over the canonical JSON of a value (RFC 8785): the
 * order of keys and white space make no difference.
 */
export function sha256OfJson(value: JsonObject): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only JSON can be hashed');
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
