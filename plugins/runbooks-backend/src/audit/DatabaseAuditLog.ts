import type { AuditEntry } from '@lakehouse-ops/plugin-runbooks-common';
import type {
  AuditCheckpoint,
  AuditRecord,
} from '@lakehouse-ops/plugin-runbooks-node';
import type { Knex } from 'knex';
import { z } from 'zod';
import { auditFromRow } from '../store/rows';
import { appendAudit } from './appendAudit';
import type { AuditLog } from './AuditLog';

const checkpointRowSchema = z.object({
  sequence: z.coerce.number(),
  hash: z.string(),
  at: z.string(),
  key_id: z.string(),
  signature: z.string(),
});

/** {@link AuditLog} in Backstage's database. */
export class DatabaseAuditLog implements AuditLog {
  readonly #db: Knex;

  /** @param db - a database whose migrations have run */
  static create(db: Knex): DatabaseAuditLog {
    return new DatabaseAuditLog(db);
  }

  private constructor(db: Knex) {
    this.#db = db;
  }

  async append(record: AuditRecord): Promise<void> {
    await this.#db.transaction(trx => appendAudit(trx, [record], new Date()));
  }

  async read(options: { after: number; limit: number }): Promise<AuditEntry[]> {
    const rows: unknown[] = await this.#db('runbook_audit')
      .where('sequence', '>', options.after)
      .orderBy('sequence')
      .limit(options.limit);
    return rows.map(auditFromRow);
  }

  async newestCheckpoint(): Promise<AuditCheckpoint | undefined> {
    const row: unknown = await this.#db('runbook_audit_checkpoints')
      .orderBy('sequence', 'desc')
      .first();
    return row === undefined ? undefined : checkpointFromRow(row);
  }

  async checkpoints(options: {
    from: number;
    to: number;
    limit: number;
  }): Promise<AuditCheckpoint[]> {
    const rows: unknown[] = await this.#db('runbook_audit_checkpoints')
      .whereBetween('sequence', [options.from, options.to])
      .orderBy('sequence')
      .limit(options.limit);
    return rows.map(checkpointFromRow);
  }

  async addCheckpoint({ keyId, ...rest }: AuditCheckpoint): Promise<void> {
    await this.#db('runbook_audit_checkpoints')
      .insert({ ...rest, key_id: keyId })
      .onConflict('sequence')
      .ignore();
  }
}

function checkpointFromRow(row: unknown): AuditCheckpoint {
  const { key_id, ...rest } = checkpointRowSchema.parse(row);
  return { ...rest, keyId: key_id };
}
