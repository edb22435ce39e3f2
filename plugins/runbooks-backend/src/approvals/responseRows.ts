import type { RunApproval } from '@lakehouse-ops/plugin-runbooks-common';
import { z } from 'zod';
import { jsonObjectSchema, jsonText } from '../json/jsonSchemas';

/** What a person says of an outcome that nothing could tell. */
export const outcomeSchema = z.strictObject({
  outcome: z.enum(['done', 'not-done', 'stop']),
  comment: z.string(),
});

/** What a person says of an outcome that nothing could tell. */
export type KnownOutcome = z.output<typeof outcomeSchema>;

const approvalRowSchema = z.object({
  run_id: z.string(),
  step_id: z.string(),
  preview_hash: z.string(),
  by: z.string(),
  decision: z.enum(['approved', 'denied']),
  comment: z.string().nullish(),
  at: z.string(),
});

/** Reads a row of `runbook_approvals`. */
export function approvalFromRow(row: unknown): RunApproval {
  const { run_id, step_id, preview_hash, comment, ...rest } =
    approvalRowSchema.parse(row);
  return {
    runId: run_id,
    ...(step_id ? { stepId: step_id } : {}),
    ...rest,
    ...(comment ? { comment } : {}),
    previewHash: preview_hash,
  };
}

const responseRowSchema = z.object({
  by: z.string(),
  at: z.string(),
  answer: jsonText(jsonObjectSchema),
});

/** Reads a row of `runbook_answers`. */
export function responseFromRow(row: unknown) {
  return responseRowSchema.parse(row);
}
