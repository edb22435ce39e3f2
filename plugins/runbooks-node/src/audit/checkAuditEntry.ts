import type { AuditEntry } from '@lakehouse-ops/plugin-runbooks-common';
import {
  AUDIT_GENESIS_HASH,
  type AuditHead,
  chainAuditEntry,
} from './auditChain';
import type { AuditFault } from './AuditFault';

/** Where a chain begins. */
export const AUDIT_GENESIS: AuditHead = {
  sequence: 0,
  hash: AUDIT_GENESIS_HASH,
};

/**
 * Whether an entry follows on another.
 *
 * @param head - without a hash when the entry before is not known
 */
export function checkAuditEntry(
  entry: AuditEntry,
  head: { readonly sequence: number; readonly hash?: string },
): AuditFault | undefined {
  const { sequence, hash = entry.previousHash } = head;
  const expected = chainAuditEntry({
    record: entry,
    at: entry.at,
    head: { sequence, hash },
  });
  if (entry.sequence > expected.sequence) {
    return {
      kind: 'gap',
      sequence: expected.sequence,
      reason: `entry ${expected.sequence} is missing: ${entry.sequence} follows ${sequence}`,
    };
  }
  if (entry.sequence < expected.sequence) {
    return {
      kind: 'reordered',
      sequence: expected.sequence,
      reason: `entry ${entry.sequence} stands in the place of ${expected.sequence}`,
    };
  }
  if (entry.previousHash !== hash) {
    return {
      kind: 'previous-hash',
      sequence: entry.sequence,
      reason: 'it does not carry the hash of the entry before it',
    };
  }
  if (entry.hash !== expected.hash) {
    return {
      kind: 'hash',
      sequence: entry.sequence,
      reason:
        'its hash does not match what it says: it was changed after it was written',
    };
  }
  return undefined;
}
