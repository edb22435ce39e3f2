import type { AuditEntry } from '@lakehouse-ops/plugin-runbooks-common';
import type { AuditHead } from './auditChain';
import type { AuditFaultKind } from './AuditFault';
import { AUDIT_GENESIS, checkAuditEntry } from './checkAuditEntry';

/**
 * Whether a chain is whole.
 *
 * @public
 */
export type AuditChainVerdict =
  | { readonly intact: true; readonly entries: number }
  | {
      readonly intact: false;
      readonly kind: AuditFaultKind;
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
  after: AuditHead = AUDIT_GENESIS,
): AuditChainVerdict {
  let head = after;
  for (const entry of entries) {
    const fault = checkAuditEntry(entry, head);
    if (fault) return { intact: false, ...fault };
    head = entry;
  }
  return { intact: true, entries: entries.length };
}
