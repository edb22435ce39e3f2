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
  await trx('runbook_audit_head')
    .where({ id: 1 })
    .update({ sequence: trx.raw('sequence + ?', [records.length]) });
  const row: unknown = await trx('runbook_audit_head').where({ id: 1 }).first();
  const reserved = headSchema.parse(row);
  let head = {
    sequence: reserved.sequence - records.length,
    hash: reserved.hash,
  };
  for (const record of records) {
    const entry = chainAuditEntry({ record, at: now.toISOString(), head });
    await trx('runbook_audit').insert({
      sequence: entry.sequence,
      at: entry.at,
      actor: entry.actor,
      event: entry.event,
      run_id: entry.runId,
      detail: JSON.stringify(entry.detail),
      previous_hash: entry.previousHash,
      hash: entry.hash,
    });
    head = entry;
  }
  await trx('runbook_audit_head').where({ id: 1 }).update({ hash: head.hash });
}
