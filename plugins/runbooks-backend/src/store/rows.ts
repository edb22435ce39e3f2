import type {
  AuditEntry,
  RunEvent,
} from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { jsonObjectSchema, jsonText } from '../json/jsonSchemas';
import {
  originSchema,
  previewSchema,
  riskSchema,
  runErrorSchema,
  runStateSchema,
  stepsSchema,
  verificationSchema,
} from './modelSchemas';
import type {
  RunAdvance,
  RunRecord,
  StepRecord,
  StoredPreview,
} from './RunStore';
import { stepRecordSchema } from './stepRecordSchema';
import { waitingSchema } from './waitingSchema';

/** A column that may be null in the database is absent in the model. */
function optional<T extends z.ZodType>(schema: T) {
  return z.union([schema, z.null().transform(() => undefined)]).optional();
}

const previewRowSchema = z.object({
  owner: z.string(),
  entity_ref: optional(z.string()),
  preview: jsonText(previewSchema),
  fingerprint: jsonText(jsonObjectSchema),
});

/** Reads a row of `runbook_previews`. */
export function previewFromRow(row: unknown): StoredPreview {
  const { owner, entity_ref, preview, fingerprint } =
    previewRowSchema.parse(row);
  return { owner, entityRef: entity_ref, preview, fingerprint };
}

const runRowSchema = z.object({
  id: z.string(),
  preview_id: z.string(),
  started_by: z.string(),
  runbook_id: z.string(),
  title: z.string(),
  state: runStateSchema,
  risk: riskSchema,
  target_system: z.string(),
  target_connection: z.string(),
  target_kind: z.string(),
  target_name: z.string(),
  entity_ref: optional(z.string()),
  parameters: jsonText(jsonObjectSchema),
  preview: jsonText(previewSchema),
  fingerprint: jsonText(jsonObjectSchema),
  memory: jsonText(jsonObjectSchema),
  steps: jsonText(stepsSchema),
  output: optional(jsonText(jsonObjectSchema)),
  verification: optional(jsonText(verificationSchema)),
  error: optional(jsonText(runErrorSchema)),
  cancel_requested_by: optional(z.string()),
  created_at: z.string(),
  started_at: optional(z.string()),
  ended_at: optional(z.string()),
  lease_owner: optional(z.string()),
  lease_until: optional(z.string()),
  fencing_token: z.number(),
  event_count: z.number(),
  definition_hash: optional(z.string()),
  waiting_for: optional(jsonText(waitingSchema)),
  origin: optional(jsonText(originSchema)),
  wanted_locks: optional(jsonText(z.array(z.string()))),
});

/** Reads a row of `runbook_runs`. */
export function runFromRow(row: unknown): RunRecord {
  const r = runRowSchema.parse(row);
  return {
    previewId: r.preview_id,
    fingerprint: r.fingerprint,
    memory: r.memory,
    eventCount: r.event_count,
    wantedLocks: r.wanted_locks,
    fencingToken: r.fencing_token,
    leaseOwner: r.lease_owner,
    leaseUntil: r.lease_until,
    run: {
      id: r.id,
      runbookId: r.runbook_id,
      title: r.title,
      state: r.state,
      risk: r.risk,
      target: {
        system: r.target_system,
        connection: r.target_connection,
        kind: r.target_kind,
        name: r.target_name,
      },
      entityRef: r.entity_ref,
      parameters: r.parameters,
      preview: r.preview,
      startedBy: r.started_by,
      createdAt: r.created_at,
      startedAt: r.started_at,
      endedAt: r.ended_at,
      steps: r.steps,
      output: r.output,
      verification: r.verification,
      error: r.error,
      cancelRequestedBy: r.cancel_requested_by,
      waitingFor: r.waiting_for,
      definitionHash: r.definition_hash,
      origin: r.origin,
    },
  };
}

const eventRowSchema = z.object({
  sequence: z.number(),
  at: z.string(),
  type: z.enum(['log', 'state', 'progress']),
  level: z.enum(['info', 'warn', 'error']),
  message: z.string(),
  progress: optional(z.number()),
});

/** Reads a row of `runbook_run_events`. */
export function eventFromRow(row: unknown): RunEvent {
  return eventRowSchema.parse(row);
}

const auditRowSchema = z.object({
  sequence: z.coerce.number(),
  at: z.string(),
  actor: z.string(),
  event: z.string(),
  run_id: optional(z.string()),
  detail: jsonText(jsonObjectSchema),
  previous_hash: z.string(),
  hash: z.string(),
});

/** Reads a row of `runbook_audit`. */
export function auditFromRow(row: unknown): AuditEntry {
  const { run_id, previous_hash, ...entry } = auditRowSchema.parse(row);
  return {
    ...entry,
    ...(run_id === undefined ? {} : { runId: run_id }),
    previousHash: previous_hash,
  };
}

const stepRowSchema = z.object({
  key: z.string(),
  record: jsonText(stepRecordSchema),
});

/** Reads a row of `runbook_run_steps`. */
export function stepRecordFromRow(row: unknown): StepRecord {
  const { key, record } = stepRowSchema.parse(row);
  return { ...record, key };
}

const advanceRowSchema = z.object({
  event_count: z.number(),
  cancel_requested_by: optional(z.string()),
});

/** Reads what others may have changed of a run that is held. */
export function advanceFromRow(row: unknown): RunAdvance {
  const { event_count, cancel_requested_by } = advanceRowSchema.parse(row);
  return { eventCount: event_count, cancelRequestedBy: cancel_requested_by };
}

/** Reads a count from a row. */
export function countFromRow(row: unknown, column = 'count'): number {
  return z.object({ [column]: z.coerce.number() }).parse(row)[column];
}

/** Reads rows that hold nothing but an id. */
export function idsFromRows(rows: unknown): string[] {
  return z
    .array(z.object({ id: z.string() }))
    .parse(rows)
    .map(row => row.id);
}
