import { createHash } from 'node:crypto';
import type { RunbookDefinition } from '@lakehouse-ops/plugin-runbooks-common';
import canonicalize from 'canonicalize';

/**
 * Which version of a runbook it is: SHA-256, in hexadecimal, over its canonical
 * JSON (RFC 8785). White space, comments and the order of fields in the file
 * make no difference.
 *
 * @public
 */
export function definitionHash(definition: RunbookDefinition): string {
  const text = canonicalize(definition);
  if (text === undefined) throw new TypeError('Only JSON can be hashed');
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
