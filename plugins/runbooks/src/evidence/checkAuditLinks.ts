import type { AuditEntry } from '@lakehouse-ops/plugin-runbooks-common';

/**
 * How an entry stands to the one before it in the audit log.
 * - `first`: the log begins here
 * - `linked`: it names the hash of the entry before it
 * - `broken`: it names another hash: something was changed or removed
 * - `elsewhere`: the entry before it belongs to another run
 */
export type AuditLink = 'first' | 'linked' | 'broken' | 'elsewhere';

/**
 * Checks what can be checked of a run's entries alone. That no entry's content
 * was changed is checked by hashing the whole log again, where it is kept.
 */
export function checkAuditLinks(
  entries: readonly AuditEntry[],
): readonly AuditLink[] {
  return entries.map((entry, index) => {
    if (entry.sequence === 1) return 'first';
    const before = entries[index - 1];
    if (!before || before.sequence !== entry.sequence - 1) return 'elsewhere';
    return before.hash === entry.previousHash ? 'linked' : 'broken';
  });
}
