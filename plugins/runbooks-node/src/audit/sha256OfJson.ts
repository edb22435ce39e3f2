import { createHash } from 'node:crypto';
import type { JsonObject } from '@backstage/types';
import canonicalize from 'canonicalize';

/**
 * SHA-256, in hexadecimal, over the canonical JSON of a value (RFC 8785): the
 * order of keys and white space make no difference.
 *
 * @public
 */
export function sha256OfJson(value: JsonObject): string {
  return createHash('sha256')
    .update(canonicalJson(value), 'utf8')
    .digest('hex');
}

/**
 * The canonical JSON of a value (RFC 8785): the same for all who write it.
 *
 * @public
 */
export function canonicalJson(value: JsonObject): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only JSON can be hashed');
  return text;
}
