import {
  type DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import {
  type AuditEntry,
  isFinalRunState,
  type Run,
  type RunEvent,
  type RunFilter,
  type RunPage,
} from '@lakehouse-ops/plugin-runbooks-common';
import type { JsonObject } from '@backstage/types';
import type { Knex } from 'knex';
import { z } from 'zod';
import { appendAudit } from '../audit/appendAudit';
import type { AuditRecord } from '@lakehouse-ops/plugin-runbooks-node';
import type { RunQuery } from '../permissions/runResource';
import { claimableRuns, heldRun, insertEvents } from './heldRun';
import { insertRun, takeLocks, UNFINISHED_STATES } from './insertRun';
import {
  auditFromRow,
  countFromRow,
  eventFromRow,
  previewFromRow,
  runFromRow,
} from './rows';
import { applyRunCriteria, applyRunFilter } from './runFilterQuery';
import { changeToColumns } from './changeToColumns';
import {
  LeaseLostError,
  type NewRunEvent,
  type RunChange,
  type RunLease,
  type RunRecord,
  type RunStore,
  type StoredPreview,
} from './RunStore';

const DEFAULT_PAGE = 25;

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

  async createRun(options: {
    run: Run;
    fingerprint: JsonObject;
    idempotencyKey: string;
    lockKeys: readonly string[];
    maxUnfinishedRuns: number;
    audit: AuditRecord;
  }) {
    const { run, lockKeys, audit } = options;
    return this.#db.transaction(async trx => {
      const inserted = await insertRun(trx, options);
      if (!inserted.created) return inserted;
      await takeLocks(trx, {
        runId: run.id,
        holder: run.startedBy,
        at: run.createdAt,
        keys: lockKeys,
      });
      await appendAudit(trx, [audit], this.#now());
      return inserted;
    });
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
    const limit = filter.limit ?? DEFAULT_PAGE;
    const offset = filter.offset ?? 0;
    const query = this.#db('runbook_runs');
    applyRunFilter(query, filter);
    if (visible) query.andWhere(inner => applyRunCriteria(inner, visible));
    const total = countFromRow(
      await query.clone().count({ count: '*' }).first(),
    );
    const rows: unknown[] = await query
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit)
      .offset(offset);
    return {
      items: rows.map(row => runFromRow(row).run),
      total,
      limit,
      offset,
    };
  }

  async listClaimable(limit: number): Promise<string[]> {
    const rows: unknown = await claimableRuns(this.#db, this.#now())
      .select('id')
      .orderBy('created_at')
      .limit(limit);
    return z
      .array(z.object({ id: z.string() }))
      .parse(rows)
      .map(row => row.id);
  }

  async claim(options: { runId: string; owner: string; leaseMs: number }) {
    return this.#db.transaction(async trx => {
      const taken = await claimableRuns(trx, this.#now())
        .where({ id: options.runId })
        .update({
          lease_owner: options.owner,
          lease_until: this.#leaseEnd(options.leaseMs),
          fencing_token: trx.raw('fencing_token + 1'),
        });
      if (taken === 0) return undefined;
      const row: unknown = await trx('runbook_runs')
        .where({ id: options.runId })
        .first();
      return runFromRow(row);
    });
  }

  async heartbeat(lease: RunLease, leaseMs: number) {
    const kept = await heldRun(this.#db, lease).update({
      lease_until: this.#leaseEnd(leaseMs),
    });
    if (kept === 0) return undefined;
    const record = await this.getRun(lease.runId);
    return { cancelRequestedBy: record?.run.cancelRequestedBy };
  }

  async release(lease: RunLease) {
    await heldRun(this.#db, lease).update(changeToColumns({}, true));
  }

  async advance(options: {
    lease: RunLease;
    change: RunChange;
    events?: readonly NewRunEvent[];
    audit?: readonly AuditRecord[];
  }): Promise<RunRecord> {
    const { lease, change, events = [], audit = [] } = options;
    const over = change.state !== undefined && isFinalRunState(change.state);
    return this.#db.transaction(async trx => {
      await insertEvents(trx, lease, events);
      const changed = await heldRun(trx, lease).update(
        changeToColumns(change, over),
      );
      if (changed === 0) throw new LeaseLostError(lease.runId);
      if (over) {
        await trx('runbook_locks').where({ run_id: lease.runId }).delete();
      }
      const row: unknown = await trx('runbook_runs')
        .where({ id: lease.runId })
        .first();
      await appendAudit(trx, audit, this.#now());
      return runFromRow(row);
    });
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
      if (noted > 0) await appendAudit(trx, [options.audit], this.#now());
    });
    return this.getRun(options.runId);
  }

  async appendEvents(lease: RunLease, events: readonly NewRunEvent[]) {
    return this.#db.transaction(trx => insertEvents(trx, lease, events));
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

  #leaseEnd(leaseMs: number): string {
    return new Date(this.#now().getTime() + leaseMs).toISOString();
  }
}
