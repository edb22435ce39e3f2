import type { AuditEntry } from '@lakehouse-ops/plugin-runbooks-common';
import { AUDIT_GENESIS_HASH, chainAuditEntry } from './auditChain';

/**
 * Whether a chain is whole.
 *
 * @public
 */
export type AuditChainVerdict =
  | { readonly intact: true; readonly entries: number }
  | {
      readonly intact: false;
      /** Sequence number of the first entry that does not hold. */
      readonly sequence: number;
      readonly reason: string;
    };

/**
 * Recomputes an audit chain, oldest entry first, and tells the first entry
 * that does not hold. Needs nothing but the entries.
 *
 * @param entries - from the first entry of the chain on, or from the one after `after`
 * @public
 */
export function verifyAuditChain(
  entries: readonly AuditEntry[],
  after: { readonly sequence: number; readonly hash: string } = {
    sequence: 0,
    hash: AUDIT_GENESIS_HASH,
  },
): AuditChainVerdict {
  let head = after;
  for (const entry of entries) {
    const expected = chainAuditEntry({ record: entry, at: entry.at, head });
    if (entry.sequence !== expected.sequence) {
      return broken(
        expected.sequence,
        `entry ${expected.sequence} is missing: ${entry.sequence} follows ${head.sequence}`,
      );
    }
    if (entry.previousHash !== head.hash) {
      return broken(
        entry.sequence,
        'it does not carry the hash of the entry before it',
      );
    }
    if (entry.hash !== expected.hash) {
      return broken(
        entry.sequence,
        'its hash does not match what it says: it was changed after it was written',
      );
    }
    head = entry;
  }
  return { intact: true, entries: entries.length };
}

function broken(sequence: number, reason: string): AuditChainVerdict {
  return { intact: false, sequence, reason };
}
