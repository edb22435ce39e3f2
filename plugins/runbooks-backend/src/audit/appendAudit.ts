import type { Knex } from 'knex';
import { z } from 'zod';
import {
  type AuditRecord,
  chainAuditEntry,
} from '@lakehouse-ops/plugin-runbooks-node';

const headSchema = z.object({ sequence: z.coerce.number(), hash: z.string() });

/**
 * Adds to the end of the audit chain within a transaction. The update of the
 * head row comes first: it makes writers queue, so that no two take one place.
 * Do it last in a transaction, to hold that row briefly.
 */
export async function appendAudit(
  trx: Knex.Transaction,
  records: readonly AuditRecord[],
  now: Date,
): Promise<void> {
  if (records.length === 0) return;
  const rows: unknown[] = await trx('runbook_audit_head')
    .where({ id: 1 })
    .update({ sequence: trx.raw('sequence + ?', [records.length]) })
    .returning(['sequence', 'hash']);
  const reserved = headSchema.parse(rows[0]);
  let head = {
    sequence: reserved.sequence - records.length,
    hash: reserved.hash,
  };
  const entries = records.map(record => {
    const entry = chainAuditEntry({ record, at: now.toISOString(), head });
    head = entry;
    return {
      sequence: entry.sequence,
      at: entry.at,
      actor: entry.actor,
      event: entry.event,
      run_id: entry.runId,
      detail: JSON.stringify(entry.detail),
      previous_hash: entry.previousHash,
      hash: entry.hash,
    };
  });
  await trx('runbook_audit').insert(entries);
  await trx('runbook_audit_head').where({ id: 1 }).update({ hash: head.hash });
}
