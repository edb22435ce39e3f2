import type { JsonObject } from '@backstage/types';
import type { AuditEntry } from '@lakehouse-ops/plugin-runbooks-common';
import { sha256OfJson } from './sha256OfJson';

/**
 * What the first entry of a chain carries as the hash before it.
 *
 * @public
 */
export const AUDIT_GENESIS_HASH = '0'.repeat(64);

/**
 * A place in an audit chain: an entry, as far as the next one needs it.
 *
 * @public
 */
export interface AuditHead {
  readonly sequence: number;
  readonly hash: string;
}

/**
 * What is to be written down.
 *
 * @public
 */
export interface AuditRecord {
  readonly actor: string;
  /** Kebab-case, in the past tense. */
  readonly event: string;
  readonly runId?: string;
  readonly detail: JsonObject;
}

/**
 * Places a record after the end of a chain.
 *
 * @public
 */
export function chainAuditEntry(options: {
  record: AuditRecord;
  at: string;
  head: AuditHead;
}): AuditEntry {
  const { record, at, head } = options;
  const unsealed = {
    sequence: head.sequence + 1,
    at,
    actor: record.actor,
    event: record.event,
    ...(record.runId === undefined ? {} : { runId: record.runId }),
    detail: record.detail,
    previousHash: head.hash,
  };
  return { ...unsealed, hash: sha256OfJson(unsealed) };
}
