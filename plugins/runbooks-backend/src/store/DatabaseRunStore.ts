import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  type AuditEntry,
  type RunEvent,
  type RunFilter,
  type RunPage,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import { appendAudit } from '../audit/appendAudit';
import type { AuditRecord } from '@lakehouse-ops/plugin-runbooks-node';
import type { RunQuery } from '../permissions/runResource';
import { advanceRun, NO_LEASE } from './advanceRun';
import { databaseTime } from './databaseTime';
import {
  ADVANCE_COLUMNS,
  claimableRuns,
  heldRun,
  updateHeldRun,
} from './heldRun';
import { createRun } from './createRun';
import { lockedLate, takeLocks } from './locks';
import { UNFINISHED_STATES } from './insertRun';
import type { NewRun } from './NewRun';
import {
  advanceFromRow,
  auditFromRow,
  eventFromRow,
  idsFromRows,
  previewFromRow,
  runFromRow,
  stepRecordFromRow,
} from './rows';
import { readRunPage } from './readRunPage';
import {
  type NewRunEvent,
  type RunChange,
  type RunLease,
  type RunAdvance,
  type RunStore,
  type StepRecord,
  type StoredPreview,
} from './RunStore';

/** Columns of a run that waits no longer. */
const AWAKE = { state: 'running', waiting_for: null, wait_until: null };

/** {@link RunStore} in Backstage's database: SQLite or PostgreSQL. */
export class DatabaseRunStore implements RunStore {
  readonly #db: Knex;
  readonly #now: () => Date;

  static async create(options: {
    database: DatabaseService;
    now?: () => Date;
  }): Promise<DatabaseRunStore> {
    const client = await options.database.getClient();
    if (!options.database.migrations?.skip) {
      await client.migrate.latest({
        directory: resolvePackagePath(
          '@lakehouse-ops/plugin-runbooks-backend',
          'migrations',
        ),
      });
    }
    return new DatabaseRunStore(client, options.now ?? (() => new Date()));
  }

  private constructor(db: Knex, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  async savePreview(stored: StoredPreview, audit: AuditRecord) {
    await this.#db.transaction(async trx => {
      await trx('runbook_previews').insert({
        id: stored.preview.id,
        owner: stored.owner,
        entity_ref: stored.entityRef,
        preview: JSON.stringify(stored.preview),
        fingerprint: JSON.stringify(stored.fingerprint),
        expires_at: stored.preview.expiresAt,
      });
      await appendAudit(trx, [audit], this.#now());
    });
  }

  async getPreview(id: string): Promise<StoredPreview | undefined> {
    const row: unknown = await this.#db('runbook_previews')
      .where({ id })
      .first();
    return row === undefined ? undefined : previewFromRow(row);
  }

  async deletePreviewsExpiredBefore(time: Date): Promise<number> {
    return this.#db('runbook_previews')
      .where('expires_at', '<', time.toISOString())
      .delete();
  }

  async createRun(options: NewRun) {
    return this.#db.transaction(trx => createRun(trx, options, this.#now()));
  }

  async findByIdempotencyKey(startedBy: string, idempotencyKey: string) {
    return this.#findRun({
      started_by: startedBy,
      idempotency_key: idempotencyKey,
    });
  }

  async getRun(id: string) {
    return this.#findRun({ id });
  }

  async listRuns(
    filter: RunFilter,
    visible?: PermissionCriteria<RunQuery>,
  ): Promise<RunPage> {
    return readRunPage(this.#db, filter, visible);
  }

  async listClaimable(limit: number): Promise<string[]> {
    const rows: unknown = await claimableRuns(this.#db)
      .select('id')
      .orderBy('created_at')
      .limit(limit);
    return idsFromRows(rows);
  }

  async claim(options: { runId: string; owner: string; leaseMs: number }) {
    const rows: unknown[] = await claimableRuns(this.#db)
      .where({ id: options.runId })
      .update({
        lease_owner: options.owner,
        lease_until: databaseTime(this.#db, options.leaseMs),
        fencing_token: this.#db.raw('fencing_token + 1'),
      })
      .returning('*');
    return rows.length === 0 ? undefined : runFromRow(rows[0]);
  }

  async heartbeat(lease: RunLease, leaseMs: number) {
    const rows: unknown[] = await heldRun(this.#db, lease)
      .update({ lease_until: databaseTime(this.#db, leaseMs) })
      .returning(ADVANCE_COLUMNS);
    if (rows.length === 0) return undefined;
    const { cancelRequestedBy } = advanceFromRow(rows[0]);
    return { cancelRequestedBy };
  }

  async release(lease: RunLease) {
    await heldRun(this.#db, lease).update(NO_LEASE);
  }

  async advance(options: {
    lease: RunLease;
    change: RunChange;
    events?: readonly NewRunEvent[];
    audit?: readonly AuditRecord[];
  }): Promise<RunAdvance> {
    return this.#db.transaction(async trx => {
      const advanced = await advanceRun(trx, options);
      await appendAudit(trx, options.audit ?? [], this.#now());
      return advanced;
    });
  }

  async takeLocks(options: {
    lease: RunLease;
    holder: string;
    keys: readonly string[];
  }) {
    const { lease, holder, keys } = options;
    await this.#db.transaction(async trx => {
      await updateHeldRun(trx, { lease, columns: {}, events: [] });
      const at = this.#now().toISOString();
      const held = await takeLocks(trx, {
        runId: lease.runId,
        holder,
        at,
        keys,
      });
      // What was taken is given back with the transaction.
      if (held) throw lockedLate(held);
    });
  }

  async getStepRecords(runId: string): Promise<StepRecord[]> {
    const rows: unknown[] = await this.#db('runbook_run_steps').where({
      run_id: runId,
    });
    return rows.map(stepRecordFromRow);
  }

  async wake(options: { runId: string; audit?: AuditRecord }) {
    return this.#db.transaction(async trx => {
      const woken = await trx('runbook_runs')
        .where({ id: options.runId, state: 'waiting' })
        .update(AWAKE);
      if (woken > 0 && options.audit) {
        await appendAudit(trx, [options.audit], this.#now());
      }
      return woken > 0;
    });
  }

  async listWaitExpired(now: Date, limit: number): Promise<string[]> {
    const rows: unknown = await this.#db('runbook_runs')
      .where({ state: 'waiting' })
      .where('wait_until', '<', now.toISOString())
      .select('id')
      .orderBy('wait_until')
      .limit(limit);
    return idsFromRows(rows);
  }

  async requestCancel(options: {
    runId: string;
    by: string;
    audit: AuditRecord;
  }) {
    await this.#db.transaction(async trx => {
      const noted = await trx('runbook_runs')
        .where({ id: options.runId })
        .whereIn('state', UNFINISHED_STATES)
        .whereNull('cancel_requested_by')
        .update({ cancel_requested_by: options.by });
      if (noted === 0) return;
      await trx('runbook_runs')
        .where({ id: options.runId, state: 'waiting' })
        .update(AWAKE);
      await appendAudit(trx, [options.audit], this.#now());
    });
    return this.getRun(options.runId);
  }

  async getEvents(options: { runId: string; after: number; limit: number }) {
    const rows: unknown[] = await this.#db('runbook_run_events')
      .where({ run_id: options.runId })
      .where('sequence', '>', options.after)
      .orderBy('sequence')
      .limit(options.limit);
    return rows.map((row): RunEvent => eventFromRow(row));
  }

  async deleteEventsOfRunsEndedBefore(time: Date): Promise<number> {
    return this.#db('runbook_run_events')
      .whereIn(
        'run_id',
        this.#db('runbook_runs')
          .where('ended_at', '<', time.toISOString())
          .select('id'),
      )
      .delete();
  }

  async appendAudit(record: AuditRecord) {
    await this.#db.transaction(trx => appendAudit(trx, [record], this.#now()));
  }

  async getRunAudit(runId: string, limit: number): Promise<AuditEntry[]> {
    const rows: unknown[] = await this.#db('runbook_audit')
      .where({ run_id: runId })
      .orderBy('sequence')
      .limit(limit);
    return rows.map(auditFromRow);
  }

  async readAudit(options: {
    after: number;
    limit: number;
  }): Promise<AuditEntry[]> {
    const rows: unknown[] = await this.#db('runbook_audit')
      .where('sequence', '>', options.after)
      .orderBy('sequence')
      .limit(options.limit);
    return rows.map(auditFromRow);
  }

  async #findRun(where: Record<string, string>) {
    const row: unknown = await this.#db('runbook_runs').where(where).first();
    return row === undefined ? undefined : runFromRow(row);
  }
}
