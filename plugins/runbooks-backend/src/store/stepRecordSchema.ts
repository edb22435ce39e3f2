import { z } from 'zod';
import { jsonObjectSchema } from '../json/jsonSchemas';
import { runErrorSchema, stepStateSchema } from './modelSchemas';
import type { StepRecord } from './RunStore';

/** What stands in the column `record` of `runbook_run_steps`. */
export const stepRecordSchema: z.ZodType<Omit<StepRecord, 'key'>> = z.object({
  state: stepStateSchema.optional(),
  wanted: z.boolean().optional(),
  input: jsonObjectSchema.optional(),
  fingerprint: jsonObjectSchema.optional(),
  memory: jsonObjectSchema.optional(),
  output: z.json().optional(),
  before: z.json().optional(),
  items: z.array(z.json()).optional(),
  attempt: z.number().optional(),
  hasSecrets: z.boolean().optional(),
  partlyDone: z.boolean().optional(),
  since: z.string().optional(),
  error: runErrorSchema.optional(),
  waits: z
    .record(z.string(), z.object({ since: z.string(), until: z.string() }))
    .optional(),
  previewHash: z.string().optional(),
  facts: z.string().optional(),
  verdict: z
    .object({
      state: z.enum(['failed', 'cancelled', 'outcome-unknown']),
      error: runErrorSchema,
    })
    .optional(),
  approved: z.boolean().optional(),
  beforeRead: z.boolean().optional(),
  queuedBehind: z.string().optional(),
  settledToken: z.number().optional(),
});
