import type { DatabaseService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import type { Run, RunApproval } from '@lakehouse-ops/plugin-runbooks-common';
import type { Knex } from 'knex';
import { appendAudit } from '../audit/appendAudit';
import type { AuditRecord } from '@lakehouse-ops/plugin-runbooks-node';
import type { ResponseReader } from '../engine/ports';
import { personName } from './personName';
import {
  approvalFromRow,
  type KnownOutcome,
  responseFromRow,
  outcomeSchema,
} from './responseRows';
import { jsonObjectSchema } from '../json/jsonSchemas';
import { addRunNote, lockWaitingRun, wakeRun } from './waitingRuns';
import { tallyApprovals } from './tallyApprovals';

const MAX_APPROVALS = 500;

/** What people say to runs, kept with the audit record and the waking of the run in one transaction. */
export class DatabaseResponses implements ResponseReader {
  readonly #db: Knex;
  readonly #now: () => Date;

  static async create(options: {
    database: DatabaseService;
    now?: () => Date;
  }): Promise<DatabaseResponses> {
    return new DatabaseResponses(
      await options.database.getClient(),
      options.now ?? (() => new Date()),
    );
  }

  private constructor(db: Knex, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  async approvals(runId: string): Promise<RunApproval[]> {
    return readApprovals(this.#db, runId);
  }

  async answer(runId: string, stepId: string) {
    const found = await this.#response(runId, stepId, 'answer');
    if (!found) return undefined;
    const { by, at, answer } = found;
    return { by, at, answer: jsonObjectSchema.parse(answer) };
  }

  async decision(runId: string, stepId: string) {
    const found = await this.#response(runId, stepId, 'decision');
    if (!found) return undefined;
    return { by: found.by, at: found.at, ...outcomeSchema.parse(found.answer) };
  }

  /**
   * Writes an approval or a denial down, and wakes the run when that settles it.
   *
   * @returns whether it did, with the run as it is then
   * @throws ConflictError when the run does not wait for that any more, when
   * something else is to be approved by now, or when this person has said so already
   */
  async approve(options: {
    approval: Omit<RunApproval, 'at'>;
    audit: AuditRecord;
  }): Promise<{ run: Run; settled: boolean }> {
    const { approval, audit } = options;
    const at = this.#now().toISOString();
    return this.#db.transaction(async trx => {
      const { waitingFor } = await lockWaitingRun(trx, {
        runId: approval.runId,
        kind: 'approval',
        at,
      });
      if (waitingFor.previewHash !== approval.previewHash) {
        throw new ConflictError(
          'What you were shown is not what is to be approved now. Look at the run again, and decide on what it shows.',
        );
      }
      const before = await readApprovals(trx, approval.runId);
      const stepId = waitingFor.stepId;
      if (before.some(known => saidBy(known, { ...approval, stepId }))) {
        throw new ConflictError(
          `${approval.by} has decided on this already, and counts once. Somebody else has to decide.`,
        );
      }
      await trx('runbook_approvals').insert({
        run_id: approval.runId,
        step_id: stepId ?? '',
        preview_hash: approval.previewHash,
        by: approval.by,
        decision: approval.decision,
        comment: approval.comment,
        at,
      });
      const approvals = [...before, { ...approval, stepId, at }];
      const tally = tallyApprovals(approvals, waitingFor);
      const settled = tally.outcome !== 'open';
      await addRunNote(trx, {
        runId: approval.runId,
        at,
        message: `${personName(approval.by)} has ${approval.decision} it${
          approval.comment ? `: ${approval.comment}` : '.'
        }${
          tally.outcome === 'open'
            ? ` ${tally.missing} more have to agree.`
            : ''
        }`,
      });
      const run = await wakeRun(trx, approval.runId, settled);
      await appendAudit(trx, [audit], this.#now());
      return { run, settled };
    });
  }

  /**
   * Writes down what was answered to a manual step, and wakes the run.
   *
   * @throws ConflictError when the run does not wait for it any more
   */
  async answerStep(options: {
    runId: string;
    stepId: string;
    by: string;
    answer: JsonObject;
    audit: AuditRecord;
  }): Promise<Run> {
    return this.#respond({ ...options, kind: 'answer' });
  }

  /**
   * Writes down what a person says is true of an open outcome, and wakes the
   * run. Asked again of the same step, the newest counts.
   *
   * @throws ConflictError when the run does not wait for it any more
   */
  async decide(options: {
    runId: string;
    stepId: string;
    by: string;
    decision: KnownOutcome;
    audit: AuditRecord;
  }): Promise<Run> {
    const { decision, ...rest } = options;
    return this.#respond({
      ...rest,
      kind: 'decision',
      answer: { ...decision },
    });
  }

  /**
   * Lets a run go on that waits for the person who started it.
   *
   * @throws ConflictError when it does not
   */
  async goOn(options: { runId: string; audit: AuditRecord }): Promise<Run> {
    const at = this.#now().toISOString();
    return this.#db.transaction(async trx => {
      await lockWaitingRun(trx, { runId: options.runId, kind: 'person', at });
      const run = await wakeRun(trx, options.runId, true);
      await appendAudit(trx, [options.audit], this.#now());
      return run;
    });
  }

  async #respond(options: {
    runId: string;
    stepId: string;
    kind: 'answer' | 'decision';
    by: string;
    answer: JsonObject;
    audit: AuditRecord;
  }): Promise<Run> {
    const { runId, stepId, kind, by, answer, audit } = options;
    const at = this.#now().toISOString();
    return this.#db.transaction(async trx => {
      const { waitingFor } = await lockWaitingRun(trx, { runId, kind, at });
      if (waitingFor.stepId !== stepId) {
        throw new ConflictError(
          `Run ${runId} waits for an answer to step ${waitingFor.stepId} and not to ${stepId}. Look at the run again.`,
        );
      }
      await trx('runbook_answers')
        .insert({
          run_id: runId,
          key: stepId,
          kind,
          by,
          at,
          answer: JSON.stringify(answer),
        })
        .onConflict(['run_id', 'key', 'kind'])
        .merge();
      const run = await wakeRun(trx, runId, true);
      await appendAudit(trx, [audit], this.#now());
      return run;
    });
  }

  async #response(runId: string, key: string, kind: 'answer' | 'decision') {
    const row: unknown = await this.#db('runbook_answers')
      .where({ run_id: runId, key, kind })
      .first();
    return row === undefined ? undefined : responseFromRow(row);
  }
}

async function readApprovals(db: Knex, runId: string): Promise<RunApproval[]> {
  const rows: unknown[] = await db('runbook_approvals')
    .where({ run_id: runId })
    .orderBy('at')
    .limit(MAX_APPROVALS);
  return rows.map(approvalFromRow);
}

function saidBy(
  known: RunApproval,
  said: Pick<RunApproval, 'by' | 'stepId' | 'previewHash'>,
): boolean {
  return (
    known.by === said.by &&
    known.stepId === said.stepId &&
    known.previewHash === said.previewHash
  );
}
